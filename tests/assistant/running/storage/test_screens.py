"""What messages show is kept for the chat that they stand in."""

from sqlalchemy import text

from assistant.running.storage import Database, ScreenBook


def test_a_screen_is_found_by_its_name_and_chat_alone(database: Database) -> None:
    screens = ScreenBook(database)
    screens.write("abc", "plaza", '{"page": 1}')
    screens.write("abc", "plaza", '{"page": 2}')
    assert screens.read("abc", "plaza") == '{"page": 2}'
    assert screens.read("abc", "otra") is None
    assert screens.read("abd", "plaza") is None


def test_a_chat_is_erased_whole_and_alone(database: Database) -> None:
    screens = ScreenBook(database)
    for name, chat in (("a", "plaza"), ("b", "plaza"), ("c", "otra")):
        screens.write(name, chat, "{}")
    assert screens.erase("plaza") == 2
    assert screens.read("a", "plaza") is None
    assert screens.read("c", "otra") == "{}"


def test_who_reads_the_table_can_press_no_button(database: Database) -> None:
    ScreenBook(database).write("secreto", "plaza", "{}")
    with database.transaction() as connection:
        row = connection.execute(text("SELECT * FROM screens")).one()
    assert "secreto" not in str(row)
