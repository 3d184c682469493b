package dev.rolecall.access.internal.limits;

import java.util.List;

/** A look-up that may be sent. To be settled, or given back, once. */
public final class Ticket implements Entry {

  private final RefusalBudget refusals;
  private final IssuerWatch.Watched issuer;
  private final LookupSource source;
  private final Stake stake;
  private final List<Place> places;
  private final long answersOfOthersBefore;

  Ticket(
      RefusalBudget refusals,
      IssuerWatch.Watched issuer,
      LookupSource source,
      Stake stake,
      List<Place> places) {
    this.refusals = refusals;
    this.issuer = issuer;
    this.source = source;
    this.stake = stake;
    this.places = places;
    this.answersOfOthersBefore = issuer.answersOfOthers();
  }

  /** The look-up is over. */
  public void settle(Settlement outcome) {
    try {
      count(outcome);
    } finally {
      // Whatever throws there: a place that is not given back is gone for good.
      places.forEach(Place::release);
    }
  }

  private void count(Settlement outcome) {
    switch (outcome) {
      case USEFUL, OF_NO_USE, REFUSED, BUSY -> issuer.answered();
      case UNANSWERED, NOT_ASKED -> {}
    }
    switch (outcome) {
      case USEFUL -> {
        stake.giveBack();
        refusals.confirm(source);
      }
      case OF_NO_USE -> stake.spendHalf();
      case REFUSED -> stake.spend();
      case UNANSWERED -> settleUnanswered();
      case BUSY, NOT_ASKED -> stake.giveBack();
    }
  }

  /** The peer chose the issuer; but where all issuers are away, no choice caused that. */
  private void settleUnanswered() {
    if (issuer.answersOfOthers() != answersOfOthersBefore) {
      stake.spend();
    } else {
      stake.giveBack();
    }
  }

  @Override
  public void giveBack() {
    settle(Settlement.NOT_ASKED);
  }
}
