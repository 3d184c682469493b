package dev.rolecall.tests.judges;

import dev.rolecall.tests.checkout.Checkout;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** botocore, on which boto3 and the AWS CLI stand: its STS client and both of its signers. */
final class BotocoreTest extends ForeignSdkSuite {

  private static final String SCRIPT =
      "integration-tests/src/test/resources/dev/rolecall/tests/judges/botocore_judge.py";

  @Override
  Optional<Program> program() {
    return python().map(found -> found.and(Checkout.path(SCRIPT).toString()));
  }

  /** The first Python on the path that has botocore, or the one that the build was told of. */
  static Optional<Program> python() {
    for (Path python : pythons()) {
      Program found = Program.of(python.toString());
      if (found.and("-c", "import botocore").run().filter(e -> e.status() == 0).isPresent()) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  @Override
  String howToGetIt() {
    return "no python3 on the path has botocore; on Debian: apt-get install python3-botocore";
  }

  /** Every one on the path: a user's own often comes before the system's, which has the package. */
  private static List<Path> pythons() {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getenv("PATH"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "python3"))
        .filter(Files::isExecutable)
        .toList();
  }
}
