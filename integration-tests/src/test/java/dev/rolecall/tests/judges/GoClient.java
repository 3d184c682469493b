package dev.rolecall.tests.judges;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.tests.checkout.Checkout;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * docs/clients/rolecall_call.go: made from docs/protocol.md alone, it needs nothing but Go. Built
 * once, by the machine's own Go, which is asked to fetch nothing.
 */
final class GoClient {

  private static final String FILE = "docs/clients/rolecall_call.go";
  private static final int OLDEST = 25;
  private static final Pattern VERSION = Pattern.compile("go1\\.([0-9]+).*");

  private final Path executable;

  private GoClient(Path executable) {
    this.executable = executable;
  }

  /** Builds it into that folder; skips the test where there is no Go, or one that is too old. */
  static GoClient built(Path folder) {
    Optional<Program.Ended> version = go("env", "GOVERSION").run();
    if (version.isEmpty()) {
      return abort(FILE + " needs Go 1." + OLDEST + " or newer, and go is not installed");
    }
    String found = version.get().goodOutput();
    Matcher matcher = VERSION.matcher(found);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < OLDEST) {
      return abort(FILE + " needs Go 1." + OLDEST + " or newer, and this is " + found);
    }
    Path executable = folder.resolve("rolecall_call");
    go("build", "-o", executable.toString(), Checkout.path(FILE).toString())
        .run()
        .orElseThrow()
        .goodOutput();
    return new GoClient(executable);
  }

  private static Program go(String... arguments) {
    return Program.of("go")
        .and(arguments)
        .with("GOTOOLCHAIN", "local")
        .with("GOPROXY", "off")
        .with("GOWORK", "off");
  }

  /**
   * Asks a server who is calling.
   *
   * @param server audience, Region, address, the role it must have, and the URL of its STS
   */
  Program.Ended call(EmulatedCredentials signer, String... server) {
    return Program.of(executable.toString()).and(server).signingAs(signer).run().orElseThrow();
  }
}
