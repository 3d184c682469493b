package dev.rolecall.stsemulator.sigv4;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/** What reading a request's signature came to. */
public sealed interface ClaimReading {

  /** Reads the signature of a request, in the query or in the Authorization header. */
  static ClaimReading of(RawRequest request) {
    return ClaimReader.read(requireNonNull(request, "request"));
  }

  /** The result of the arm's own function. */
  <T> T fold(
      Function<Claimed, T> claimed, Function<Incomplete, T> incomplete, Function<Unsigned, T> none);

  /**
   * A signature to judge.
   *
   * @param claim what the request claims
   */
  record Claimed(SignatureClaim claim) implements ClaimReading {
    /** Checks that nothing is absent. */
    public Claimed {
      requireNonNull(claim, "claim");
    }

    @Override
    public <T> T fold(
        Function<Claimed, T> claimed,
        Function<Incomplete, T> incomplete,
        Function<Unsigned, T> none) {
      return claimed.apply(this);
    }
  }

  /**
   * A signature that cannot be judged.
   *
   * @param reason what is missing or wrong, in AWS's words; holds no signature and no token
   */
  record Incomplete(String reason) implements ClaimReading {
    /** Checks that nothing is absent. */
    public Incomplete {
      requireNonNull(reason, "reason");
    }

    @Override
    public <T> T fold(
        Function<Claimed, T> claimed,
        Function<Incomplete, T> incomplete,
        Function<Unsigned, T> none) {
      return incomplete.apply(this);
    }
  }

  /** No signature at all. */
  record Unsigned() implements ClaimReading {
    @Override
    public <T> T fold(
        Function<Claimed, T> claimed,
        Function<Incomplete, T> incomplete,
        Function<Unsigned, T> none) {
      return none.apply(this);
    }
  }
}
