"""One caller in a while tries what failed; the others go without."""

from corpus.breaker import Breaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_works_is_asked_each_time() -> None:
    breaker = Breaker(5.0)
    for _ in range(3):
        assert breaker.admits()
        breaker.worked()
    assert not breaker.is_resting


def test_what_failed_is_left_alone_then_tried_by_one_until_it_works() -> None:
    clock = Clock()
    breaker = Breaker(5.0, clock)
    assert breaker.admits()
    breaker.failed()
    assert breaker.is_resting
    assert not breaker.admits()
    clock.now = 5.0
    assert [breaker.admits() for _ in range(4)] == [True, False, False, False]
    breaker.failed()
    clock.now = 9.9
    assert not breaker.admits()
    clock.now = 10.0
    assert breaker.admits()
    breaker.worked()
    assert [breaker.admits() for _ in range(4)] == [True] * 4


def test_a_trial_that_is_given_up_is_followed_by_another() -> None:
    clock = Clock()
    breaker = Breaker(5.0, clock)
    breaker.failed()
    clock.now = 5.0
    assert breaker.admits()  # and nobody ever tells how it went
    clock.now = 10.0
    assert breaker.admits()
