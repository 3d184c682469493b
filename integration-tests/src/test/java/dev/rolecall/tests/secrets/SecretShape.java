package dev.rolecall.tests.secrets;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The shape of a secret that no test registered: the emulator's, made in whichever module. Each is
 * recognised by a text it has to hold, which is quick to look for, and by what must follow.
 */
enum SecretShape {
  /** As the emulator mints them, and AWS. */
  SESSION_TOKEN("IQoJb3JpZ2luX2Vj", "[A-Za-z0-9+/_-]{48}"),
  /** As a URL carries it. */
  SIGNATURE_IN_A_URL("X-Amz-Signature=", "(?=\\w*[0-9])(?=\\w*[a-f])[0-9a-f]{64}"),
  /** As section 2 of the protocol spells it, up to its signature. */
  PROOF("rolecall-v1~", "(?:[^~\\s]{1,200}~){6}(?=\\w*[0-9])(?=\\w*[a-f])[0-9a-f]{64}~"),
  /** As docs/api-keys.md spells it. */
  API_KEY("rck_", "[0-9A-Za-z]{12}_[0-9A-Za-z]{49}"),
  /** As section 8 of the protocol spells it. */
  EKS_TOKEN("k8s-aws-v1.", "[A-Za-z0-9_-]{400}"),
  /** As the emulator signs them: a JWT whose header begins with the key's id. */
  WEB_IDENTITY_TOKEN(
      "eyJraWQiOi", "[A-Za-z0-9_-]{20,200}\\.eyJ[A-Za-z0-9_-]{100,8000}\\.[A-Za-z0-9_-]{86}");

  private final String start;
  private final Pattern whole;

  SecretShape(String start, String rest) {
    this.start = start;
    this.whole = Pattern.compile(Pattern.quote(start) + rest);
  }

  /** The first of them in that text. */
  static Optional<SecretShape> in(String text) {
    return Stream.of(values()).filter(shape -> shape.isIn(text)).findFirst();
  }

  private boolean isIn(String text) {
    return text.contains(start) && whole.matcher(text).find();
  }

  @Override
  public String toString() {
    return "what looks like a " + name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
