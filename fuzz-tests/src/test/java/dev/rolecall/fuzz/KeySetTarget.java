package dev.rolecall.fuzz;

import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.KeySetFlaw;
import dev.rolecall.jwt.key.VerificationKey;
import java.util.List;
import java.util.Optional;

/** A key set that was read is written so that it is read again, with nothing left out. */
final class KeySetTarget {

  private KeySetTarget() {}

  static void tryOn(byte[] input) {
    Optional<KeySet> read = KeySet.parse(input).fold(Optional::of, KeySetTarget::refused);
    read.ifPresent(KeySetTarget::isReadAgain);
  }

  private static Optional<KeySet> refused(KeySetFlaw flaw) {
    Oracle.isOneSafeLine(flaw.words());
    return Optional.empty();
  }

  private static void isReadAgain(KeySet set) {
    Oracle.holds(
        set.keys().size() + set.findings().size() <= KeySet.MAX_KEYS, "at most so many keys");
    KeySet again = KeySet.parse(set.toJson()).fold(keys -> keys, flaw -> KeySet.of(List.of()));
    Oracle.same(thumbprints(again), thumbprints(set), "the keys, written and read again");
    Oracle.holds(again.findings().isEmpty(), "a key that was read keeps the rules");
  }

  private static List<String> thumbprints(KeySet set) {
    return set.keys().stream().map(VerificationKey::thumbprint).toList();
  }
}
