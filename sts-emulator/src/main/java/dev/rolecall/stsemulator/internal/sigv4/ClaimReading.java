package dev.rolecall.stsemulator.internal.sigv4;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/** The outcome of reading the signature of a request. */
public sealed interface ClaimReading {

  /** Reads the signature of a request, in the query or in the Authorization header. */
  static ClaimReading of(RawRequest request) {
    return ClaimReader.read(requireNonNull(request, "request"));
  }

  /** The result of the arm's function. */
  default <T> T fold(
      Function<Claimed, T> claimed,
      Function<Incomplete, T> incomplete,
      Function<Unsigned, T> none) {
    if (this instanceof Claimed arm) {
      return claimed.apply(arm);
    }
    if (this instanceof Incomplete arm) {
      return incomplete.apply(arm);
    }
    if (this instanceof Unsigned arm) {
      return none.apply(arm);
    }
    throw new AssertionError();
  }

  /**
   * A signature to judge.
   *
   * @param claim the claim of the request
   */
  record Claimed(SignatureClaim claim) implements ClaimReading {
    /** Checks that nothing is absent. */
    public Claimed {
      requireNonNull(claim, "claim");
    }
  }

  /**
   * A signature that cannot be judged.
   *
   * @param reason the missing or wrong part, in AWS's words; holds no signature and no token
   */
  record Incomplete(String reason) implements ClaimReading {
    /** Checks that nothing is absent. */
    public Incomplete {
      requireNonNull(reason, "reason");
    }
  }

  /** No signature at all. */
  record Unsigned() implements ClaimReading {}
}
