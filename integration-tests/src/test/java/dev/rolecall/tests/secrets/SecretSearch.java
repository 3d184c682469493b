package dev.rolecall.tests.secrets;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for all secrets at once in one walk over a text: a hash rolls over it, and each place where
 * some piece of a secret has that hash is looked at. A piece is {@value #PIECE} characters, and
 * pieces lie end to end; so whatever holds {@value #SURELY} characters of a secret in a row is
 * found, in any of the secret's spellings.
 */
public final class SecretSearch {

  static final int PIECE = 20;
  static final int SURELY = 2 * PIECE - 1;

  private static final int FACTOR = 1_000_003;
  private static final int BITS = 1 << 24;
  private static final int OLDEST = power(PIECE);

  private final Map<String, String> pieces = new HashMap<>();
  private final BitSet hashes = new BitSet(BITS);

  /**
   * A search.
   *
   * @param secrets what each secret is
   */
  public SecretSearch(Map<String, String> secrets) {
    secrets.forEach(
        (secret, what) -> {
          for (Spelling spelling : Spelling.of(secret)) {
            add(spelling, what);
          }
        });
  }

  private void add(Spelling spelling, String what) {
    String text = spelling.text();
    String name = spelling.name().equals("plain") ? what : what + ", " + spelling.name();
    for (int start = 0; start + PIECE <= text.length(); start += PIECE) {
      String piece = text.substring(start, start + PIECE);
      pieces.putIfAbsent(piece, name);
      hashes.set(slot(hashOf(piece)));
    }
  }

  /** What is found, as a sentence that does not repeat it. */
  public Optional<String> find(Output output) {
    return find(output.text())
        .map(
            what ->
                "%s in %s (%s) during %s"
                    .formatted(what, output.kind(), output.where(), output.test()));
  }

  /** What the first secret in that text is. */
  Optional<String> find(String text) {
    int hash = 0;
    for (int i = 0; i < text.length(); i++) {
      hash = hash * FACTOR + text.charAt(i);
      if (i >= PIECE) {
        hash -= OLDEST * text.charAt(i - PIECE);
      }
      if (i >= PIECE - 1 && hashes.get(slot(hash))) {
        String found = pieces.get(text.substring(i - PIECE + 1, i + 1));
        if (found != null) {
          return Optional.of(found);
        }
      }
    }
    return SecretShape.in(text).map(SecretShape::toString);
  }

  private static int hashOf(String piece) {
    int hash = 0;
    for (int i = 0; i < piece.length(); i++) {
      hash = hash * FACTOR + piece.charAt(i);
    }
    return hash;
  }

  private static int slot(int hash) {
    return (hash ^ (hash >>> 24)) & (BITS - 1);
  }

  private static int power(int exponent) {
    int power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= FACTOR;
    }
    return power;
  }
}
