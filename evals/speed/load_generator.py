"""Puts load on a server with `wrk`, and reads what it measured.

wrk (https://github.com/wg/wrk; Debian: wrk) keeps a number of connections busy for some seconds;
a script of ours gives it the questions and prints its figures.
"""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel

_SCRIPT = """
local questions = {}
for line in io.lines(os.getenv("QUESTIONS")) do questions[#questions + 1] = line end
local at, threads = 0, {}
failed = 0 -- not local: it is read from outside its thread
function setup(thread) table.insert(threads, thread) end
function init() math.randomseed(os.time()); at = math.random(#questions); failed = 0 end
function request()
  at = at % #questions + 1
  return wrk.format("POST", "/api/ask", {["Content-Type"] = "application/json"}, questions[at])
end
function response(status) if status ~= 200 then failed = failed + 1 end end
function done(summary, latency)
  local refused = 0
  for _, thread in ipairs(threads) do refused = refused + thread:get("failed") end
  local e = summary.errors
  io.write(string.format(
    '{"requests": %d, "seconds": %f, "errors": %d, "p50": %f, "p95": %f, "p99": %f}',
    summary.requests, summary.duration / 1e6,
    e.connect + e.read + e.write + e.timeout + refused,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000))
end
"""
_TIMEOUT = "30s"


class NoLoadGeneratorError(Exception):
    """wrk is not installed."""


class Load(BaseModel):
    """What some clients had of a server. Milliseconds."""

    requests: int
    seconds: float
    errors: int
    p50: float
    p95: float
    p99: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


def put_load(
    address: str, questions: Sequence[str], clients: int, seconds: int, scratch: Path
) -> Load:
    """Keep so many clients asking for some seconds, each the next question after its answer.

    Raises NoLoadGeneratorError.
    """
    wrk = shutil.which("wrk")
    if wrk is None:
        raise NoLoadGeneratorError("wrk is not installed (Debian: wrk)")
    script, asked = scratch / "ask.lua", scratch / "questions.jsonl"
    script.write_text(_SCRIPT, "utf-8")
    lines = [json.dumps({"question": question}) for question in questions]
    asked.write_text("\n".join(lines) + "\n", "utf-8")
    command = [wrk, "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", _TIMEOUT, "-s", script]
    done = subprocess.run(
        [str(each) for each in (*command, address)],
        env={"QUESTIONS": str(asked)},
        capture_output=True,
        text=True,
        check=True,
    )
    return Load.model_validate_json(done.stdout[done.stdout.rindex("{") :])
