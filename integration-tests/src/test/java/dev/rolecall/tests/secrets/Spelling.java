package dev.rolecall.tests.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One way to write a secret.
 *
 * @param name what the way is called
 * @param text the secret, written so
 */
record Spelling(String name, String text) {

  /** Base64 writes three bytes as four letters, so a text has three spellings inside another. */
  private static final int ALIGNMENTS = 3;

  /** Plain, escaped for a URL, and inside base64 or base64url of something longer. */
  static List<Spelling> of(String secret) {
    List<Spelling> all = new ArrayList<>();
    all.add(new Spelling("plain", secret));
    String escaped = URLEncoder.encode(secret, UTF_8);
    if (!escaped.equals(secret)) {
      all.add(new Spelling("URL-encoded", escaped));
    }
    for (int before = 0; before < ALIGNMENTS; before++) {
      byte[] shifted = ("\0".repeat(before) + secret).getBytes(UTF_8);
      String text = inner(Base64.getEncoder().withoutPadding().encodeToString(shifted), before);
      all.add(new Spelling("base64", text));
      String forUrls = text.replace('+', '-').replace('/', '_');
      if (!forUrls.equals(text)) {
        all.add(new Spelling("base64url", forUrls));
      }
    }
    return all;
  }

  /** Without the letters that depend on what stands before or after. */
  private static String inner(String encoded, int before) {
    return encoded.substring(before == 0 ? 0 : before + 1, encoded.length() - 1);
  }

  @Override
  public String toString() {
    return "Spelling[" + name + ", ****]";
  }
}
