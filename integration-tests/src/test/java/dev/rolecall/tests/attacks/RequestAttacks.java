package dev.rolecall.tests.attacks;

import static dev.rolecall.tests.attacks.HostileCase.local;

import dev.rolecall.testsupport.Echo;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A request that names its method otherwise than an honest client, to be taken for another one by
 * the guard than by what runs it; sent by nobody, since {@link Echo#PING} is open to all.
 */
final class RequestAttacks {

  private static final String SAY = Echo.path(Echo.SAY);
  private static final String PING = Echo.path(Echo.PING);
  private static final String UNIMPLEMENTED = "UNIMPLEMENTED";
  private static final String MISSING = "UNAUTHENTICATED CREDENTIAL_MISSING";
  private static final String BROKEN = "RST_STREAM PROTOCOL_ERROR";

  private RequestAttacks() {}

  static Stream<HostileCase> all() {
    return Stream.of(paths(), twoPaths(), methods()).flatMap(cases -> cases);
  }

  private static Stream<HostileCase> paths() {
    return Stream.of(
        path(UNIMPLEMENTED, SAY + "?x"),
        path(UNIMPLEMENTED, SAY + "?" + PING),
        path(UNIMPLEMENTED, SAY + "#" + PING),
        path(UNIMPLEMENTED, SAY + ";x"),
        path(UNIMPLEMENTED, SAY + "/"),
        path(UNIMPLEMENTED, SAY + "//"),
        path(UNIMPLEMENTED, SAY + "/."),
        path(UNIMPLEMENTED, SAY + " "),
        path(UNIMPLEMENTED, SAY + "\0"),
        path(UNIMPLEMENTED, SAY + "%00"),
        path(UNIMPLEMENTED, "/" + SAY),
        path(UNIMPLEMENTED, "/." + SAY),
        path(UNIMPLEMENTED, "/x/.." + SAY),
        path(UNIMPLEMENTED, "/" + Echo.SERVICE + "//Say"),
        path(UNIMPLEMENTED, "/" + Echo.SERVICE + "/./Say"),
        path(UNIMPLEMENTED, "/" + Echo.SERVICE + "/%53ay"),
        path(UNIMPLEMENTED, "/" + Echo.SERVICE + "%2FSay"),
        path(UNIMPLEMENTED, "/" + Echo.SERVICE + "\\Say"),
        path(UNIMPLEMENTED, "/" + Echo.SERVICE + "/say"),
        path(UNIMPLEMENTED, "/" + Echo.SERVICE + "/SAY"),
        path(UNIMPLEMENTED, "/Rolecall.tests.Echo/Say"),
        path(UNIMPLEMENTED, "/" + Echo.SERVICE + "/"),
        path(UNIMPLEMENTED, "/" + Echo.SERVICE),
        path(UNIMPLEMENTED, "/" + Echo.SERVICE + "/*"),
        path(UNIMPLEMENTED, PING + "/../Say"),
        path(UNIMPLEMENTED, PING + "?" + SAY),
        path(UNIMPLEMENTED, PING + "\r\n:path: " + SAY),
        path("HTTP 404 UNIMPLEMENTED", "https://127.0.0.1" + SAY),
        path("HTTP 404 UNIMPLEMENTED", Echo.SAY.getFullMethodName()),
        path("HTTP 404 UNIMPLEMENTED", "*"),
        path(UNIMPLEMENTED, "/"),
        path("RST_STREAM INTERNAL_ERROR", ""),
        path(UNIMPLEMENTED, "/" + "a".repeat(5_000) + "/b"),
        // A real proof would be in the names of gRPC's own spans then: its client's doing.
        path(UNIMPLEMENTED, SAY + "?authorization=Bearer%20rolecall-v1~nobody"));
  }

  private static HostileCase path(String told, String path) {
    String shown = path.length() > 80 ? path.length() + " characters" : path;
    return local(
        told,
        "the path \"" + shown.replaceAll("\\p{Cntrl}", "^") + "\"",
        scene -> scene.call(HeaderBlock.of(path)));
  }

  private static Stream<HostileCase> twoPaths() {
    return Stream.of(
        without(BROKEN, "a second path", block -> block.add(":path", SAY), PING),
        without(BROKEN, "an open method's path second", b -> b.add(":path", PING), SAY),
        without(BROKEN, "a second method", block -> block.add(":method", "POST"), SAY),
        without(
            MISSING,
            "fields that name an open method",
            block ->
                block
                    .add("x-original-url", PING)
                    .add("x-rewrite-url", PING)
                    .add("x-http-method-override", "GET")
                    .add("x-envoy-original-path", PING)
                    .add("grpc-encoding", "identity"),
            SAY));
  }

  private static HostileCase without(
      String told, String name, UnaryOperator<HeaderBlock> more, String path) {
    return local(told, name, scene -> scene.call(more.apply(HeaderBlock.of(path))));
  }

  private static Stream<HostileCase> methods() {
    return Stream.of(
        fields("HTTP 405 INTERNAL", "method GET", "GET", "trailers", "application/grpc"),
        fields("HTTP 405 INTERNAL", "method PUT", "PUT", "trailers", "application/grpc"),
        fields("HTTP 405 INTERNAL", "method post", "post", "trailers", "application/grpc"),
        fields("HTTP 405 INTERNAL", "method CONNECT", "CONNECT", "trailers", "application/grpc"),
        fields("HTTP 405 INTERNAL", "no method", "", "trailers", "application/grpc"),
        fields(MISSING, "no te", "POST", "", "application/grpc"),
        fields(BROKEN, "another te", "POST", "gzip", "application/grpc"),
        fields("HTTP 415 INTERNAL", "no content type", "POST", "trailers", ""),
        fields("HTTP 415 INTERNAL", "text", "POST", "trailers", "text/plain"),
        fields("HTTP 415 INTERNAL", "JSON", "POST", "trailers", "application/json"),
        fields("HTTP 415 INTERNAL", "gRPC-web", "POST", "trailers", "application/grpc-web"),
        fields("HTTP 415 INTERNAL", "a form", "POST", "trailers", "application/grpcx"),
        fields(MISSING, "an unknown codec", "POST", "trailers", "application/grpc+evil"),
        local(
            UNIMPLEMENTED,
            "an unknown compression",
            scene -> scene.call(HeaderBlock.say().add("grpc-encoding", "evil"))),
        local(
            "RST_STREAM INTERNAL_ERROR",
            "a time-out that is none",
            scene -> scene.call(HeaderBlock.say().add("grpc-timeout", "99999999999H"))));
  }

  private static HostileCase fields(
      String told, String name, String method, String te, String contentType) {
    HeaderBlock block = HeaderBlock.empty();
    addUnlessEmpty(block, ":method", method);
    block.add(":scheme", "https").add(":path", SAY).add(":authority", "127.0.0.1");
    addUnlessEmpty(block, "te", te);
    addUnlessEmpty(block, "content-type", contentType);
    return local(told, name, scene -> scene.call(block));
  }

  private static void addUnlessEmpty(HeaderBlock block, String name, String value) {
    if (!value.isEmpty()) {
      block.add(name, value);
    }
  }
}
