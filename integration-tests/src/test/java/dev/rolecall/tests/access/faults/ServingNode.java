package dev.rolecall.tests.access.faults;

import dev.rolecall.tests.judges.RolecallCommand;
import dev.rolecall.testsupport.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of {@code rolecall access serve}, which a test may kill or freeze. For one thread. */
final class ServingNode implements AutoCloseable {

  private final Path folder;
  private final String name;
  private final List<String> arguments;
  private RolecallCommand process;
  private int starts;
  private int port;
  private boolean frozen;

  private ServingNode(Path folder, String name, List<String> arguments) throws IOException {
    this.folder = folder;
    this.name = name;
    this.arguments = List.copyOf(arguments);
    this.process = started();
  }

  private RolecallCommand started() throws IOException {
    starts++;
    return RolecallCommand.start(folder.resolve(name + "-" + starts + ".log"), arguments);
  }

  /**
   * Begins to start one. {@link #awaitServing} must follow.
   *
   * @param folder gets its rules, its certificate and what it says of errors
   * @param store the options of its store
   */
  static ServingNode begin(
      Path folder, String name, TestCertificate certificate, URI sts, List<String> store)
      throws IOException {
    Path chain = folder.resolve(name + ".pem");
    Path key = folder.resolve(name + ".key");
    certificate.writePem(chain, key);
    List<String> arguments = new ArrayList<>(List.of("access", "serve", "--port", "0"));
    Path rules = Files.writeString(folder.resolve(name + ".yaml"), Staff.rules());
    arguments.addAll(List.of("--rules", rules.toString(), "--sts", sts.toString()));
    arguments.addAll(List.of("--tls-cert", chain.toString(), "--tls-key", key.toString()));
    arguments.addAll(store);
    return new ServingNode(folder, name, arguments);
  }

  /** Waits until it serves, and answers with its port. */
  int awaitServing() throws IOException {
    String first = process.line();
    if (!first.startsWith("serving access on 127.0.0.1:")) {
      throw new IOException("the node said: " + first);
    }
    port = Integer.parseInt(first.substring(first.lastIndexOf(':') + 1));
    return port;
  }

  int port() {
    return port;
  }

  /** Kills it with -9. */
  void kill() {
    process.kill();
  }

  /** Starts it again after a kill, at another port. */
  int startAgain() throws IOException {
    process = started();
    return awaitServing();
  }

  void freeze() throws IOException, InterruptedException {
    process.signal("STOP");
    frozen = true;
  }

  void resume() throws IOException, InterruptedException {
    process.signal("CONT");
    frozen = false;
  }

  @Override
  public void close() {
    if (frozen) {
      process.kill();
    }
    process.close();
  }
}
