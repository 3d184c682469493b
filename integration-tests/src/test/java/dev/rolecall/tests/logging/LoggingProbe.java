package dev.rolecall.tests.logging;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.CallRequest;
import dev.rolecall.access.CalledMethod;
import dev.rolecall.access.ConnectionMemo;
import dev.rolecall.access.Refusal;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.verifier.StsVerifier;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Logger;

/** A process that loads a policy, refuses one call and ends; its log is what counts. */
final class LoggingProbe {

  static final String AS_GRPC = "as gRPC logs";

  private LoggingProbe() {}

  /**
   * Runs it.
   *
   * @param arguments the policy's file
   */
  public static void main(String[] arguments) {
    try (AccessControl access =
        AccessControl.builder(PolicyFile.follow(Path.of(arguments[0])))
            .accept(StsVerifier.forAudience("orders"))
            .build()) {
      CalledMethod method = access.method("orders.v1.Orders/Get", true);
      ConnectionMemo connection = access.connection("192.0.2.1", Optional.empty(), null);
      if (access.check(method, connection, Credential.none()) instanceof Refusal refusal) {
        access.records().refused(new Call(method, connection), refusal);
      }
    }
    Logger.getLogger("io.grpc.Probe").info(AS_GRPC);
    System.getLogger("rolecall.sts").log(System.Logger.Level.DEBUG, "STS at a debug level");
  }

  private record Call(CalledMethod method, ConnectionMemo connection) implements CallRequest {}
}
