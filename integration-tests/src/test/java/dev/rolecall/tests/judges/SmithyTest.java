package dev.rolecall.tests.judges;

import dev.rolecall.tests.checkout.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** AWS's JavaScript: {@code @aws-sdk/client-sts} and {@code @smithy/signature-v4}. */
final class SmithyTest extends ForeignSdkSuite {

  /** The folder in which npm has installed the script's package.json; no test runs npm. */
  private static final String MODULES = "rolecall.smithy";

  private static final String FOLDER =
      "integration-tests/src/test/resources/dev/rolecall/tests/judges/smithy";

  @Override
  Optional<Program> program() {
    Path modules = Path.of(System.getProperty(MODULES, ""));
    if (!Files.isDirectory(modules.resolve("node_modules"))) {
      return Optional.empty();
    }
    String script = Checkout.path(FOLDER + "/judge.mjs").toString();
    return Optional.of(Program.of("node", script, modules.toString()));
  }

  @Override
  String howToGetIt() {
    return "AWS's JavaScript is not installed: copy "
        + FOLDER
        + "/package.json into a folder, npm install there, and name the folder by -D"
        + MODULES;
  }
}
