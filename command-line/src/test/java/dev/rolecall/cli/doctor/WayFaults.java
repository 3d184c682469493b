package dev.rolecall.cli.doctor;

import static dev.rolecall.cli.doctor.DoctorScene.CERTIFICATE;
import static dev.rolecall.cli.doctor.DoctorScene.POLICY;
import static dev.rolecall.cli.doctor.ServerFaults.IN_ORDER;

import dev.rolecall.cli.doctor.Fault.Asking;
import dev.rolecall.cli.doctor.Fault.Question;
import dev.rolecall.testsupport.ClosedPort;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Faults of what lies on the way to STS and to a server. */
public final class WayFaults {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** A server behind something that ends TLS. */
  public static final Asking TLS_ENDED = scene -> Question.server(scene, scene.behindMiddlebox());

  private WayFaults() {}

  static Stream<Fault> all() {
    return Stream.of(ways(), proxies(), servers()).flatMap(List::stream);
  }

  private static Fault sts(String name, String found, String cure, Asking seed) {
    return new Fault("network", name, "sts", found, cure, seed, scene -> Question.of(scene));
  }

  private static Fault network(String name, String check, String found, String cure, Asking seed) {
    return new Fault("network", name, check, found, cure, seed, IN_ORDER);
  }

  private static List<Fault> ways() {
    return List.of(
        sts(
            "an STS that is away",
            "no connection",
            "VPC endpoint",
            scene -> Question.of("http://127.0.0.1:" + ClosedPort.any())),
        sts(
            "an STS whose name is unknown",
            "does not answer: no",
            "look at DNS",
            scene -> Question.of("https://sts.invalid")),
        sts(
            "a captive portal in the place of STS",
            "of something that is not STS",
            "captive portal",
            scene ->
                Question.of(
                    scene.answering("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nSign in"))),
        sts(
            "a TLS inspector before STS",
            "does not answer: TLS",
            "what ends TLS on the way",
            scene -> Question.of("https://" + scene.plainTls("TLSv1.3"))),
        sts(
            "a proxy that asks who",
            "asks who calls (HTTP 407)",
            "give it a login: HTTPS_PROXY=",
            scene -> {
              scene.proxied("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
              return Question.of("https://sts.example");
            }),
        sts(
            "a proxy that is in trouble",
            "the proxy answered CONNECT with HTTP 502",
            "export JAVA_TOOL_OPTIONS=-Dhttp.nonProxyHosts=sts.example",
            scene -> {
              scene.proxied("HTTP/1.1 502 Bad Gateway\r\n\r\n");
              return Question.of("https://sts.example");
            }));
  }

  private static List<Fault> proxies() {
    return List.of(
        sts(
            "a proxy of the environment that asks who",
            "asks who calls (HTTP 407)",
            "export NO_PROXY=sts.example",
            scene -> behind(scene.answering("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"))),
        sts(
            "a proxy of the environment that refuses",
            "refuses the way to https://sts.example: the proxy answered CONNECT with HTTP 403",
            "have the proxy allow sts.example, or go past it: export NO_PROXY=sts.example",
            scene -> behind(scene.answering("HTTP/1.1 403 Forbidden\r\n\r\n"))),
        sts(
            "a proxy of the environment that is away",
            "does not answer, so https://sts.example cannot: no connection",
            "correct or start the proxy",
            scene -> behind("http://127.0.0.1:" + ClosedPort.any())),
        new Fault(
            "client",
            "a proxy variable of a form that is not read",
            "settings",
            "HTTPS_PROXY is set and not used: it is not of the form",
            "export HTTPS_PROXY=http://HOST:PORT",
            scene -> Question.of(scene).with("HTTPS_PROXY", "socks5://proxy.example:1080"),
            scene -> Question.of(scene).with("HTTPS_PROXY", "http://proxy.example:1080")));
  }

  private static Question behind(String proxy) {
    return Question.of("https://sts.example").with("HTTPS_PROXY", proxy);
  }

  private static List<Fault> servers() {
    return List.of(
        network(
            "a server whose name is unknown",
            "server",
            "is no known name",
            "the DNS",
            scene -> Question.server(scene, "orders.invalid:443")),
        network(
            "a server that is down",
            "server",
            "takes no connection",
            "security group",
            scene -> Question.server(scene, "127.0.0.1:" + ClosedPort.any())),
        network(
            "a header that is dropped on the way",
            "proof",
            "CREDENTIAL_MISSING",
            "a proxy on the way may drop",
            scene -> served(scene, header(headers -> headers.removeAll(AUTHORIZATION)))),
        new Fault(
            "network",
            "something that ends TLS on the way",
            "proof",
            "CHANNEL_MISMATCH",
            "something between here and the server ends TLS: use bearerProofs() (or --bearer)",
            TLS_ENDED,
            scene -> Question.server(scene, scene.behindMiddlebox(), "--bearer")),
        network(
            "a header that is cut on the way",
            "proof",
            "CREDENTIAL_MALFORMED",
            "one Bearer value, unchanged",
            scene ->
                served(
                    scene,
                    header(
                        headers -> {
                          String value = headers.removeAll(AUTHORIZATION).iterator().next();
                          headers.put(AUTHORIZATION, value.substring(0, 60));
                        }))));
  }

  private static Question served(DoctorScene scene, ServerInterceptor before) {
    return Question.server(
        scene, scene.served(CERTIFICATE, POLICY, UnaryOperator.identity(), before));
  }

  private static ServerInterceptor header(Consumer<Metadata> change) {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (headers.containsKey(AUTHORIZATION)) {
          change.accept(headers);
        }
        return next.startCall(call, headers);
      }
    };
  }
}
