"""Many clients at once: no error, and nobody gets another's answer."""

from concurrent.futures import ThreadPoolExecutor

import httpx

from assistant.answering.knowledge import Knowledge

REQUESTS, CLIENTS = 200, 16


def test_many_clients_at_once(server: httpx.Client, real: Knowledge) -> None:
    positions = real.manual.positions

    def ask(i: int) -> tuple[int, str, str]:
        position = positions[i % len(positions)]
        topical = i % 5 == 0
        question = (
            "¿Quién ve lo de las juntas vecinales?"
            if topical
            else f"¿Cuál es el objetivo de la {position.number}?"
        )
        response = server.post("/api/ask", json={"question": question})
        section = response.json()["citations"][0]["section"] if response.is_success else ""
        return response.status_code, section, "3.2" if topical else position.number

    with ThreadPoolExecutor(CLIENTS) as pool:
        results = list(pool.map(ask, range(REQUESTS)))
    assert {status for status, _, _ in results} == {200}
    assert [got for _, got, _ in results] == [wanted for _, _, wanted in results]
