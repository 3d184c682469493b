package dev.rolecall.jwt.key;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.jwt.internal.Base64Url;
import dev.rolecall.jwt.json.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/** The rule of {@code kid}: a key of a map, and never a path, a URL or a query. */
public final class KeyId {

  private static final Alphabet PRINTABLE = Alphabet.range(' ', '~');
  private static final int LONGEST = 256;

  private KeyId() {}

  /** Whether the text is 1 to 256 printable characters of ASCII. */
  public static boolean isValid(String kid) {
    return PRINTABLE.spells(kid, 1, LONGEST);
  }

  /** The SHA-256 thumbprint (RFC 7638) of a public key: over its required members in order. */
  static String thumbprint(Map<String, String> required) {
    Map<String, JsonValue> sorted = new TreeMap<>();
    required.forEach((name, value) -> sorted.put(name, new JsonValue.Text(value)));
    try {
      byte[] json = new JsonValue.Members(sorted).toJson();
      return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(json));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
