package dev.rolecall.verifier.limits;

import java.util.List;

/** A look-up that may be sent. To be settled, or given back, once. */
public final class Ticket implements Entry {

  private final RefusalBudget refusals;
  private final EndpointWatch.Watched endpoint;
  private final Asker asker;
  private final Stake stake;
  private final List<Place> places;
  private final long answersOfOthersBefore;

  Ticket(
      RefusalBudget refusals,
      EndpointWatch.Watched endpoint,
      Asker asker,
      Stake stake,
      List<Place> places) {
    this.refusals = refusals;
    this.endpoint = endpoint;
    this.asker = asker;
    this.stake = stake;
    this.places = places;
    this.answersOfOthersBefore = endpoint.answersOfOthers();
  }

  /** The look-up is over. */
  public void settle(Outcome outcome) {
    try {
      count(outcome);
    } finally {
      // Whatever throws there: a place that is not given back is gone for good.
      places.forEach(Place::release);
    }
  }

  private void count(Outcome outcome) {
    switch (outcome) {
      case USEFUL, OF_NO_USE, REFUSED, BUSY -> endpoint.answered();
      case UNANSWERED, NOT_ASKED -> {}
    }
    switch (outcome) {
      case USEFUL -> {
        stake.giveBack();
        refusals.confirm(asker);
      }
      case OF_NO_USE -> stake.spendHalf();
      case REFUSED -> stake.spend();
      case UNANSWERED -> settleUnanswered();
      case BUSY, NOT_ASKED -> stake.giveBack();
    }
  }

  /** The peer chose the endpoint; but where all of STS is away, nobody chose that. */
  private void settleUnanswered() {
    if (endpoint.answersOfOthers() != answersOfOthersBefore) {
      stake.spend();
    } else {
      stake.giveBack();
    }
  }

  @Override
  public void giveBack() {
    settle(Outcome.NOT_ASKED);
  }
}
