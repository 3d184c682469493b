package dev.rolecall.tests.judges;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.tests.checkout.Checkout;
import java.util.Optional;

/** The clients of docs/clients: each is one file that needs nothing but its language. */
enum ForeignClient {
  PYTHON("python3", "python3", "docs/clients/rolecall_proof.py"),
  NODE("node", "nodejs", "docs/clients/rolecall-proof.mjs");

  private final String interpreter;
  private final String debianPackage;
  private final String file;

  ForeignClient(String interpreter, String debianPackage, String file) {
    this.interpreter = interpreter;
    this.debianPackage = debianPackage;
    this.file = file;
  }

  /**
   * The proof it prints; skips the test where its interpreter is missing.
   *
   * @param arguments audience, Region, host and, to bind the proof to it, the file of a certificate
   */
  String proof(EmulatedCredentials signer, String... arguments) {
    Optional<Program.Ended> ended =
        Program.of(interpreter, Checkout.path(file).toString())
            .and(arguments)
            .signingAs(signer)
            .run();
    if (ended.isEmpty()) {
      return abort(interpreter + " is not installed; on Debian: apt-get install " + debianPackage);
    }
    return ended.get().goodOutput();
  }
}
