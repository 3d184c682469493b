package dev.rolecall.fuzz;

import java.util.Locale;

/** The targets of fuzzing: each reader of bytes that a peer wrote. */
enum FuzzTarget {
  /** The text of a proof. */
  PROOF(6_000),
  /** The text of an EKS token, or the URL in it, which a fuzzer would not see through base64. */
  EKS_TOKEN(6_000),
  /** The text of a JWT, or the header or the claims in one. */
  TOKEN(9_000),
  /** A key set. */
  KEY_SET(9_000),
  /** An answer of STS: a line with the status and the content types, then the body. */
  STS_ANSWER(70_000),
  /** Who STS says has signed: a line each for partition, account, ARN and user id. */
  SIGNER(4_000),
  /** The ARN of a role, or a principal. */
  ROLE(4_000),
  /** Audiences, hosts, accounts, methods and all else that has a name. */
  NAME(2_000),
  /** A policy file. */
  POLICY(20_000);

  private final int maxLength;

  FuzzTarget(int maxLength) {
    this.maxLength = maxLength;
  }

  /**
   * Tries one input.
   *
   * @throws AssertionError if what came of it is not what the target's judge says
   */
  void tryOn(byte[] input) {
    switch (this) {
      case PROOF -> ProofTarget.tryOn(input);
      case EKS_TOKEN -> EksTokenTarget.tryOn(input);
      case TOKEN -> TokenTarget.tryOn(input);
      case KEY_SET -> KeySetTarget.tryOn(input);
      case STS_ANSWER -> StsAnswerTarget.tryOn(input);
      case SIGNER -> SignerTarget.tryOn(input);
      case ROLE -> RoleTarget.tryOn(input);
      case NAME -> NameTarget.tryOn(input);
      case POLICY -> PolicyTarget.tryOn(input);
    }
  }

  /** The longest input to try, in bytes: a bit more than the reader reads. */
  int maxLength() {
    return maxLength;
  }

  /** Its folder in the corpus. */
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
