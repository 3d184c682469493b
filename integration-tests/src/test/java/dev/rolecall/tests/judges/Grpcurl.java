package dev.rolecall.tests.judges;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.rolecall.tests.checkout.Checkout;
import java.util.Optional;

/** grpcurl, the command that people try a gRPC server with; of this machine, or named. */
final class Grpcurl {

  private static final String COMMAND = "rolecall.grpcurl";
  private static final String MODULE = "github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.3";
  private static final String PROTO = "command-line/src/main/proto/rolecall/demo/v1";

  private Grpcurl() {}

  /**
   * Asks a server who is calling; skips the test where there is no grpcurl.
   *
   * @param proof what {@code rolecall token} prints
   * @param security how it takes the server's certificate
   */
  static Program.Ended whoAmI(String proof, String address, String... security) {
    Optional<Program.Ended> ended =
        Program.of(System.getProperty(COMMAND, "grpcurl"))
            .and("-import-path", Checkout.path(PROTO).toString())
            .and("-proto", "echo.proto")
            .and("-expand-headers", "-H", "authorization: Bearer ${PROOF}")
            .with("PROOF", proof)
            .and(security)
            .and(address, "rolecall.demo.v1.Echo/WhoAmI")
            .run();
    return ended.isPresent()
        ? ended.get()
        : abort("no grpcurl: go install " + MODULE + ", and name it by -D" + COMMAND);
  }
}
