package dev.rolecall.tests.attacks;

import static dev.rolecall.tests.attacks.HostileCase.local;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The proof in a field, or fields, where no honest client would put it. */
final class HeaderFieldAttacks {

  private static final String AMBIGUOUS = "UNAUTHENTICATED CREDENTIALS_AMBIGUOUS";
  private static final String MALFORMED = "UNAUTHENTICATED CREDENTIAL_MALFORMED";
  private static final String MISSING = "UNAUTHENTICATED CREDENTIAL_MISSING";
  private static final String BROKEN = "RST_STREAM PROTOCOL_ERROR";

  private HeaderFieldAttacks() {}

  static Stream<HostileCase> all() {
    return Stream.of(twice(), values(), names(), elsewhere()).flatMap(cases -> cases);
  }

  private static Stream<HostileCase> twice() {
    return Stream.of(
        block(
            AMBIGUOUS,
            "a good value, then a bad one",
            (block, proof) -> block.authorization(proof).authorization("nobody")),
        block(
            AMBIGUOUS,
            "a bad value, then a good one",
            (block, proof) -> block.authorization("nobody").authorization(proof)),
        block(
            AMBIGUOUS,
            "the same good value twice",
            (block, proof) -> block.authorization(proof).authorization(proof)),
        block(
            AMBIGUOUS,
            "an empty value, then a good one",
            (block, proof) -> block.add("authorization", "").authorization(proof)),
        block(
            AMBIGUOUS,
            "another scheme, then a good value",
            (block, proof) -> block.add("authorization", "Basic eDp5").authorization(proof)),
        block(
            AMBIGUOUS,
            "a good value, remembered by both ends and named a second time",
            (block, proof) -> block.remember("authorization", "Bearer " + proof).again(0).again(0)),
        value("two values joined by a comma", proof -> "Bearer " + proof + ", Bearer " + proof),
        value("two values joined by a comma alone", proof -> "Bearer " + proof + ",Bearer x"),
        value("two values joined by a semicolon", proof -> "Bearer " + proof + "; Bearer x"));
  }

  private static Stream<HostileCase> values() {
    return Stream.of(
        value("a space before the scheme", proof -> " Bearer " + proof),
        value("a tab before the scheme", proof -> "\tBearer " + proof),
        value("two spaces after the scheme", proof -> "Bearer  " + proof),
        value("a tab after the scheme", proof -> "Bearer\t" + proof),
        value("no space after the scheme", proof -> "Bearer" + proof),
        value("the scheme in capitals", proof -> "BEARER " + proof),
        value("the scheme alone", proof -> "Bearer "),
        value("nothing", proof -> ""),
        value("a space after the proof", proof -> "Bearer " + proof + " "),
        value("a tab after the proof", proof -> "Bearer " + proof + "\t"),
        value("a NUL after the proof", proof -> "Bearer " + proof + "\0"),
        value("a NUL before the scheme", proof -> "\0Bearer " + proof),
        value("a line feed after the proof", proof -> "Bearer " + proof + "\n"),
        value(
            "a second field after a line's end",
            proof -> "Bearer nobody\r\nauthorization: Bearer " + proof),
        value("a folded line", proof -> "Bearer\r\n " + proof),
        value("a delete character", proof -> "Bearer " + proof + "\u007f"),
        value("an escape character", proof -> "Bearer \u001b[2J" + proof),
        value("bytes above 127, as of old", proof -> "Bearer " + proof + "\u00e9\u00ff"),
        value("a no-break space for the space", proof -> "Bearer\u00a0" + proof),
        value(
            "UTF-8 of a letter that folds to s",
            proof -> utf8("Bearer " + proof, "orders", "order\u017f")),
        value("UTF-8 of a fullwidth tilde", proof -> utf8("Bearer " + proof, "~", "\uff5e")),
        value(
            "an overlong UTF-8 tilde",
            proof -> "Bearer " + proof.replaceFirst("~", "\u00c1\u00be")),
        value("quotes around the proof", proof -> "Bearer \"" + proof + "\""),
        value("percent escapes", proof -> "Bearer " + proof.replace("~", "%7E")),
        value("base64 of the proof", proof -> "Bearer " + base64(proof)));
  }

  private static Stream<HostileCase> names() {
    return Stream.of(
        named(BROKEN, "Authorization"),
        named(BROKEN, "AUTHORIZATION"),
        named(MISSING, "authorization "),
        named(MISSING, " authorization"),
        named(MISSING, "authorization\0"),
        named(MISSING, "authorization:"),
        named(MISSING, "authorizat\u00edon"),
        named(MISSING, "authorisation"),
        named(MISSING, "proxy-authorization"),
        named(MISSING, "x-authorization"),
        named(MISSING, "x-forwarded-authorization"),
        named(MISSING, "grpc-authorization"),
        named(MISSING, "cookie"),
        named(MISSING, ""),
        named(BROKEN, ":authorization"),
        block(
            MISSING,
            "the proof in authorization-bin",
            (block, proof) -> block.add("authorization-bin", base64("Bearer " + proof))),
        block(
            BROKEN,
            "the proof in authorization-bin, not in base64",
            (block, proof) -> block.add("authorization-bin", "Bearer " + proof)));
  }

  private static Stream<HostileCase> elsewhere() {
    return Stream.of(
        local(
            MISSING,
            "the proof in the authority",
            scene -> scene.call(begun(scene.good() + "@127.0.0.1"))),
        local(
            MISSING,
            "the field in the authority, after a line's end",
            scene -> scene.call(begun("127.0.0.1\r\nauthorization: Bearer " + scene.good()))),
        block(
            MISSING,
            "the proof in the host field",
            (block, proof) -> block.add("host", "Bearer " + proof)),
        block(
            MISSING,
            "the proof in the user agent, after a line's end",
            (block, proof) -> block.add("user-agent", "x\r\nauthorization: Bearer " + proof)),
        block(BROKEN, "the proof in te", (block, proof) -> block.add("te", "Bearer " + proof)),
        block(
            BROKEN,
            "the field named as one of the connection's",
            (block, proof) -> block.add("connection", "authorization")),
        block(
            MALFORMED,
            "an EKS token, which is not accepted here",
            (block, proof) -> block.authorization("k8s-aws-v1." + base64(proof))));
  }

  private static HeaderBlock begun(String authority) {
    return HeaderBlock.empty()
        .add(":method", "POST")
        .add(":scheme", "https")
        .add(":path", "/rolecall.tests.Echo/Say")
        .add(":authority", authority)
        .add("te", "trailers")
        .add("content-type", "application/grpc");
  }

  private static HostileCase named(String told, String name) {
    return block(
        told,
        "the field's name as \"" + name.replace("\0", "NUL") + "\"",
        (block, proof) -> block.add(name, "Bearer " + proof));
  }

  private static HostileCase value(String name, UnaryOperator<String> value) {
    return block(MALFORMED, name, (block, proof) -> block.add("authorization", value.apply(proof)));
  }

  private static HostileCase block(
      String told, String name, BiFunction<HeaderBlock, String, HeaderBlock> fields) {
    return local(told, name, scene -> scene.call(fields.apply(HeaderBlock.say(), scene.good())));
  }

  private static String base64(String text) {
    return Base64.getEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The bytes of the changed text in UTF-8, a character each. */
  private static String utf8(String text, String old, String fresh) {
    return new String(
        text.replace(old, fresh).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
