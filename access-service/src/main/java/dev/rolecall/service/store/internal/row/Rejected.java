package dev.rolecall.service.store.internal.row;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.service.store.Refusal;
import java.io.Serial;

/** Rolls a transaction back, with the refusal that is its outcome. */
public final class Rejected extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public Rejected(Refusal.Reason reason, String sentence) {
    super(sentence, null, false, false);
    this.refusal = new Refusal(reason, sentence);
  }

  public Refusal refusal() {
    return refusal;
  }

  public static Rejected notFound(String what, String id) {
    return new Rejected(
        Refusal.Reason.NOT_FOUND,
        what
            + ": none has the id "
            + InvalidValue.printable(id)
            + " (expected: an id that a list shows)");
  }
}
