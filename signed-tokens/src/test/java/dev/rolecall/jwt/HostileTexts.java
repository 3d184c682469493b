package dev.rolecall.jwt;

import static dev.rolecall.jwt.Forge.base64;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Hostile tokens by their text: lengths, dots, base64url in other spellings. */
final class HostileTexts {

  private static final String HEADER = Issuer.header(Issuer.RSA).toString();
  private static final String CLAIMS = Issuer.claims().toString();
  private static final String GOOD = Forge.token(HEADER, CLAIMS, Issuer.RSA);
  private static final String[] PARTS = GOOD.split("\\.");

  private final List<HostileToken> tokens = new ArrayList<>();

  private HostileTexts() {}

  static Stream<HostileToken> all() {
    HostileTexts texts = new HostileTexts();
    texts.lengthsAndDots();
    texts.spellings();
    texts.spellingsThatWereSigned();
    return texts.tokens.stream();
  }

  private void add(String name, String text, TokenFlaw flaw) {
    tokens.add(new HostileToken(name, text, flaw.name()));
  }

  private void lengthsAndDots() {
    add("empty", "", TokenFlaw.PARTS);
    add("one dot", ".", TokenFlaw.PARTS);
    add("two dots", "..", TokenFlaw.PARTS);
    add("three dots", "...", TokenFlaw.PARTS);
    add("dots alone, megabytes", ".".repeat(3_000_000), TokenFlaw.TOO_LONG);
    add("letters alone, megabytes", "A".repeat(3_000_000), TokenFlaw.TOO_LONG);
    add("one part", PARTS[0], TokenFlaw.PARTS);
    add("without signature", PARTS[0] + "." + PARTS[1], TokenFlaw.PARTS);
    add("empty signature", PARTS[0] + "." + PARTS[1] + ".", TokenFlaw.PARTS);
    add("empty payload, detached", PARTS[0] + ".." + PARTS[2], TokenFlaw.PARTS);
    add("empty header", "." + PARTS[1] + "." + PARTS[2], TokenFlaw.PARTS);
    add("a dot more at the end", GOOD + ".", TokenFlaw.PARTS);
    add("a dot more in front", "." + GOOD, TokenFlaw.PARTS);
    add("four parts", GOOD + "." + PARTS[2], TokenFlaw.PARTS);
    add("five parts, as a JWE", GOOD + ".AAAA.AAAA", TokenFlaw.PARTS);
    add("two tokens", GOOD + "," + GOOD, TokenFlaw.PARTS);
    add("JSON serialization", "{\"payload\":\"" + PARTS[1] + "\"}", TokenFlaw.PARTS);
    add(
        "longer than the limit by one",
        Forge.token(HEADER, padded(TokenLimits.standard().characters()), Issuer.RSA),
        TokenFlaw.TOO_LONG);
    add("a signature of megabytes", GOOD + "A".repeat(2_000_000), TokenFlaw.TOO_LONG);
  }

  /** Claims so long that the token is longer than that. */
  private static String padded(int characters) {
    return Issuer.claims().with("pad", "\"" + "a".repeat(characters) + "\"").toString();
  }

  private void spellings() {
    String[] names = {"header", "payload", "signature"};
    for (int i = 0; i < PARTS.length; i++) {
      String part = PARTS[i];
      respelled(names[i] + " padded by one", i, part + "=");
      respelled(names[i] + " padded by two", i, part + "==");
      respelled(
          names[i] + " with a line break", i, part.substring(0, 4) + "\n" + part.substring(4));
      respelled(names[i] + " with CR LF", i, part.substring(0, 4) + "\r\n" + part.substring(4));
      respelled(names[i] + " with a space", i, part + " ");
      respelled(names[i] + " with a tab in front", i, "\t" + part);
      respelled(names[i] + " with NUL", i, part + "\u0000");
      respelled(names[i] + " with percent escape", i, part.substring(0, 4) + "%41");
      respelled(names[i] + " with plus", i, part.substring(0, part.length() - 1) + "+");
      respelled(names[i] + " with slash", i, part.substring(0, part.length() - 1) + "/");
      respelled(names[i] + " with a letter beyond ASCII", i, part.substring(1) + "\u0410");
      respelled(names[i] + " with a full-width letter", i, part.substring(1) + "\uff21");
      respelled(names[i] + " with half a character", i, part.substring(1) + "\ud83d");
    }
  }

  private void respelled(String name, int part, String text) {
    String[] parts = PARTS.clone();
    parts[part] = text;
    add(name, String.join(".", parts), TokenFlaw.BASE64);
  }

  /** Signed over the odd spelling itself, so that the signature is good. */
  private void spellingsThatWereSigned() {
    add(
        "signed, header padded",
        signed(oneOver(HEADER, 1) + "=", base64(CLAIMS)),
        TokenFlaw.BASE64);
    add(
        "signed, payload padded",
        signed(base64(HEADER), oneOver(CLAIMS, 1) + "="),
        TokenFlaw.BASE64);
    add(
        "signed, a lone character",
        signed(base64(HEADER), oneOver(CLAIMS, 0) + "A"),
        TokenFlaw.BASE64);
    add("signed, stray bits in header", signed(stray(HEADER), base64(CLAIMS)), TokenFlaw.BASE64);
    add("signed, stray bits in payload", signed(base64(HEADER), stray(CLAIMS)), TokenFlaw.BASE64);
    add("signed, other alphabet", signed(base64(HEADER), otherAlphabet()), TokenFlaw.BASE64);
    add("signed, line break", signed(base64(HEADER), base64(CLAIMS) + "\n"), TokenFlaw.BASE64);
    String last = GOOD.substring(GOOD.length() - 1);
    String twin = Spelling.withStrayBit(last);
    add(
        "stray bits in the signature",
        GOOD.substring(0, GOOD.length() - 1) + twin,
        TokenFlaw.BASE64);
  }

  private static String signed(String header, String payload) {
    return Forge.spelled(header, payload, Issuer.RSA);
  }

  /** The JSON with spaces behind it until its bytes leave that many over three. */
  private static String oneOver(String json, int characters) {
    String text = json;
    while (text.getBytes(StandardCharsets.UTF_8).length % 3 != (characters == 0 ? 0 : 2)) {
      text += " ";
    }
    return base64(text);
  }

  private static String stray(String json) {
    String spelled = oneOver(json, 1);
    return spelled.substring(0, spelled.length() - 1)
        + Spelling.withStrayBit(spelled.substring(spelled.length() - 1));
  }

  private static String otherAlphabet() {
    String claims = Issuer.claims().with("x", "\"\u00ff\u00fe>>>???\u00bf\u00ff\"").toString();
    return base64(claims).replace('-', '+').replace('_', '/');
  }
}
