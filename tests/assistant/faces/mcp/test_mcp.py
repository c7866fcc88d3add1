"""The tools as other people's programs use them: the SDK's own client, a process of its own."""

import asyncio
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from mcp import Client, StdioServerParameters
from mcp_types import CallToolResult, TextContent

from assistant.answering.answer import Citation
from assistant.answering.knowledge import Knowledge
from assistant.asking.verification import holds
from assistant.desk.choices import ChoiceBook, Choices
from assistant.desk.outcomes import Channel, Outcome
from assistant.desk.questions import QuestionBook
from assistant.running.storage import open_database
from assistant.running.storage.database import now
from tests.servers import ASISTENTE, ROOT, SECONDS, as_process, environment

TOOLS = {"ask", "search_manual", "read_section", "read_sheet", "reporting_line", "list_manuals"}

Connect = Callable[[], Any]


@asynccontextmanager
async def over_pipes(data: Path) -> AsyncIterator[Client]:
    server = StdioServerParameters(
        command=str(ASISTENTE), args=["mcp"], env=environment(data), cwd=str(ROOT)
    )
    async with Client(server, read_timeout_seconds=SECONDS) as client:
        yield client


def http_server(
    data: Path, **settings: str
) -> AbstractContextManager[tuple[str, "subprocess.Popen[str]"]]:
    """The address that it prints, and the process."""
    says = r"(http://127\.0\.0\.1:\d+/mcp)"
    return as_process(data, "mcp", "--http", says=says, **settings)


@pytest.fixture(scope="module")
def own_real(tmp_path_factory: pytest.TempPathFactory, data_with_real: Path) -> Path:
    """A copy: what is asked is counted in it."""
    copy = tmp_path_factory.mktemp("mcp") / "real"
    return Path(shutil.copytree(data_with_real, copy, symlinks=True))


@pytest.fixture(scope="module")
def own_both(tmp_path_factory: pytest.TempPathFactory, data_with_both: Path) -> Path:
    """A copy: what is asked is counted in it."""
    copy = tmp_path_factory.mktemp("mcp") / "both"
    return Path(shutil.copytree(data_with_both, copy, symlinks=True))


@pytest.fixture(scope="module")
def http_address(own_both: Path) -> Iterator[str]:
    with http_server(own_both, rate_limit="no") as (address, _):
        yield address


def result_of(result: CallToolResult) -> dict[str, Any]:
    """What a tool gave back, structured."""
    assert not result.is_error, result.content
    assert result.structured_content is not None
    return cast("dict[str, Any]", result.structured_content)


def error_of(result: CallToolResult) -> str:
    """The one sentence with which a tool says what went wrong."""
    assert result.is_error
    assert isinstance(result.content[0], TextContent)
    said = result.content[0].text
    assert said.endswith(".")
    assert "\n" not in said
    assert "Error" not in said
    return said


def citations_in(result: Any) -> list[Citation]:
    """All citations of a result, however deep."""
    if isinstance(result, dict):
        if "quote" in result:
            return [Citation.model_validate(result)]
        return [c for value in result.values() for c in citations_in(value)]
    return [c for each in result for c in citations_in(each)] if isinstance(result, list) else []


def all_hold(result: Any, knowledge: Knowledge) -> bool:
    citations = citations_in(result)
    return bool(citations) and all(holds(each, knowledge.manual) for each in citations)


def test_over_pipes_every_tool_answers_with_citations_that_hold(
    own_real: Path, real: Knowledge, loop: asyncio.Runner
) -> None:
    async def story() -> None:
        async with over_pipes(own_real) as client:
            listed = await client.list_tools()
            assert {tool.name for tool in listed.tools} == TOOLS
            for tool in listed.tools:
                assert tool.output_schema, tool.name
                assert tool.annotations is not None
                assert tool.annotations.read_only_hint

            found = result_of(
                await client.call_tool("search_manual", {"question": "juntas vecinales"})
            )
            assert found["enough"]
            assert found["citations"][0]["section"] == "3.2"
            assert all_hold(found, real)

            section = result_of(await client.call_tool("read_section", {"number": "vii.d"}))
            assert section["number"] == "VII.D"
            assert all_hold(section, real)

            sheet = result_of(
                await client.call_tool("read_sheet", {"position": "Jefatura de Geomática"})
            )
            assert sheet["number"] == "2.1.5.1"
            assert sheet["reports_to"]["citation"]["page"] == 33
            printed = real.manual.position("2.1.5.1")
            assert printed is not None
            assert [f["quote"] for f in sheet["functions"]] == [f.text for f in printed.functions]
            assert all_hold(sheet, real)

            line = result_of(await client.call_tool("reporting_line", {"position": "2.1.5.1"}))
            assert line["above"][0]["superior"]["number"] == "2.1"
            assert line["contradictions"][0]["superior"]["number"] == "2.1.5"
            assert all_hold(line, real)

            answer = result_of(
                await client.call_tool("ask", {"question": "¿Quién ve lo de juntas vecinales?"})
            )
            assert answer["kind"] == "answer"
            assert all_hold(answer, real)
            unsaid = {"question": "¿Cuánto gana el director de cine en salarios mínimos?"}
            refusal = result_of(await client.call_tool("ask", unsaid))
            assert (refusal["kind"], refusal["citations"]) == ("abstain", [])
            assert not result_of(await client.call_tool("search_manual", unsaid))["enough"]

            followed = result_of(
                await client.call_tool(
                    "ask",
                    {
                        "question": "¿Y a quién le reporta?",
                        "conversation_id": answer["conversation_id"],
                    },
                )
            )
            assert followed["citations"][0]["section"] == "3.2"

    loop.run(story())


def test_what_goes_wrong_is_told_in_one_spanish_sentence(
    http_address: str, loop: asyncio.Runner
) -> None:
    async def story() -> None:
        async with Client(http_address, read_timeout_seconds=SECONDS) as client:

            async def fails(tool: str, **arguments: Any) -> str:
                chosen = {"manual": "MO-SIG-01", **arguments}
                return error_of(await client.call_tool(tool, chosen))

            assert "XX.9" in await fails("read_section", number="XX.9")
            assert "jardines" in await fails("read_sheet", position="Jefatura de jardines lunares")
            assert "vacía" in await fails("ask", question="   ")
            assert "límite" in await fails("search_manual", question="juntas " * 200)
            assert "limit" in await fails("search_manual", question="juntas", limit=1000)
            assert "question" in await fails("ask")
            assert "MO-NADA-99" in await fails("ask", question="¿Qué hace?", manual="MO-NADA-99")
            assert "herramienta" in await fails("delete_manual")
            # and it goes on serving
            assert result_of(await client.call_tool("list_manuals"))["manuals"]

    loop.run(story())


def test_over_http_several_manuals_need_to_be_told_apart(
    http_address: str, made_up: Knowledge, loop: asyncio.Runner
) -> None:
    async def story() -> None:
        async with Client(http_address, read_timeout_seconds=SECONDS) as client:
            codes = [
                m["code"] for m in result_of(await client.call_tool("list_manuals"))["manuals"]
            ]
            assert codes == ["MO-SFA-04", "MO-SIG-01"]
            number = made_up.manual.positions[0].number
            refused = error_of(await client.call_tool("read_sheet", {"position": number}))
            assert "MO-SFA-04" in refused
            sheet = result_of(
                await client.call_tool("read_sheet", {"position": number, "manual": "mo-sfa-04"})
            )
            assert all_hold(sheet, made_up)

    loop.run(story())


def test_over_http_many_calls_at_once_are_all_answered(
    http_address: str, loop: asyncio.Runner
) -> None:
    async def story() -> None:
        async with Client(http_address, read_timeout_seconds=SECONDS) as client:
            asked = [
                client.call_tool("read_section", {"number": number, "manual": "MO-SIG-01"})
                for number in ("3.1", "3.2", "2.1", "2.1.5", "I", "IV", "X", "VII.D")
            ]
            answered = [result_of(each) for each in await asyncio.gather(*asked)]
            assert [each["number"] for each in answered] == [
                "3.1", "3.2", "2.1", "2.1.5", "I", "IV", "X", "VII.D",
            ]  # fmt: skip

    loop.run(story())


def test_over_http_a_key_is_needed_where_keys_are_set(own_real: Path) -> None:
    hello = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"Accept": "application/json, text/event-stream"}
    with http_server(own_real, api_keys="clave-de-prueba") as (address, process):
        refused = httpx.post(address, json=hello, headers=headers)
        assert refused.status_code == 401
        assert refused.json()["detail"].endswith(".")
        headers["Authorization"] = "Bearer clave-de-prueba"
        assert httpx.post(address, json=hello, headers=headers).status_code != 401
        # a page of another site can't make a browser ask
        stranger = httpx.post(address, json=hello, headers={**headers, "Host": "malo.example"})
        assert stranger.status_code in (403, 421)
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) in (0, -signal.SIGTERM)


def test_without_an_index_it_says_what_to_do(
    tmp_path: Path, lend_model: Callable[[Path], None], loop: asyncio.Runner
) -> None:
    lend_model(tmp_path)

    async def story() -> None:
        async with over_pipes(tmp_path) as client:
            said = error_of(await client.call_tool("ask", {"question": "¿Qué hace la 2.1?"}))
            assert "asistente ingerir" in said
            assert "vacía" in error_of(await client.call_tool("ask", {"question": " "}))

    loop.run(story())
    assert _counted(tmp_path) == [(Channel.MCP, "", Outcome.FAILED, 1)]


def test_the_office_counts_what_is_asked_and_can_switch_it_off(
    tmp_path: Path, own_real: Path, loop: asyncio.Runner
) -> None:
    data = tmp_path / "data"
    shutil.copytree(own_real, data, symlinks=True)
    (data / "asistente.sqlite3").unlink(missing_ok=True)

    async def story() -> None:
        async with over_pipes(data) as client:
            asked = {"question": "¿Cuál es la misión?"}
            result_of(await client.call_tool("ask", asked))
            assert _counted(data) == [(Channel.MCP, "MO-SIG-01", Outcome.ANSWERED, 1)]
            database = open_database(data)
            choices = Choices(closed=frozenset({Channel.MCP}), contact="Módulo 3")
            ChoiceBook(database).write(choices)
            database.close()
            assert "Módulo 3" in error_of(await client.call_tool("ask", asked))

    loop.run(story())
    assert len(_counted(data)) == 1


def _counted(data: Path) -> list[tuple[Channel, str, Outcome, int]]:
    """What the office counted, by channel, manual and outcome."""
    database = open_database(data)
    tallies = QuestionBook(database).tallies(now().date() - timedelta(days=1))
    database.close()
    return [(each.channel, each.manual, each.outcome, each.count) for each in tallies]
