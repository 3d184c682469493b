package dev.rolecall.cli.doctor;

import java.util.Optional;

/**
 * A finding of one check of {@code doctor}.
 *
 * @param check what was looked at, in one word
 * @param verdict whether it is as it should be
 * @param found what there is; never a secret
 * @param advice what to do, where something is to be done
 */
record Finding(String check, Verdict verdict, String found, Optional<String> advice) {

  /** The verdict of a check. */
  enum Verdict {
    /** It is. */
    OK,
    /** It is not. */
    WRONG,
    /** It could not be told: something on the way did not answer, or was left out. */
    UNKNOWN
  }

  static Finding ok(String check, String found) {
    return new Finding(check, Verdict.OK, found, Optional.empty());
  }

  static Finding wrong(String check, String found, String advice) {
    return new Finding(check, Verdict.WRONG, found, Optional.of(advice));
  }

  static Finding unknown(String check, String found, String advice) {
    return new Finding(check, Verdict.UNKNOWN, found, Optional.of(advice));
  }
}
