package dev.rolecall.benchmarks.proxy;

import dev.rolecall.benchmarks.fleet.ChildCommands;
import dev.rolecall.benchmarks.fleet.EchoServer;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.grants.HeldStreams;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import java.nio.file.Path;

/**
 * The process of the service behind the edges: {@code EdgeUpstream CERTIFICATE}. Answers {@code
 * plain} with its port without TLS, and any other command with the one of TLS.
 */
final class EdgeUpstream {

  private EdgeUpstream() {}

  public static void main(String[] arguments) throws Exception {
    RunCertificate certificate = RunCertificate.read(Path.of(arguments[0]));
    try (HeldStreams held = new HeldStreams();
        EchoServer plain = start(InsecureServerCredentials.create(), held);
        EchoServer tls = start(certificate.ofServer(), held)) {
      ((ChildCommands) command -> Integer.toString((command.equals("plain") ? plain : tls).port()))
          .serve();
    }
  }

  private static EchoServer start(ServerCredentials credentials, HeldStreams held) {
    return EchoServer.start(transport -> transport.apply(credentials).addService(held.service()));
  }
}
