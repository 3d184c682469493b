package dev.rolecall.proxy.judge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A configuration of Envoy that is shipped, with the places of a test. */
record ShippedFile(String text) {

  private static final Path FOLDER = Path.of("..", "deploy", "envoy");

  private static final String CHECKER =
      "address: {socket_address: {address: 127.0.0.1, port_value: %d}}";

  static List<Path> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(each -> each.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ShippedFile named(String name) {
    return at(FOLDER.resolve(name));
  }

  static ShippedFile at(Path file) {
    try {
      return new ShippedFile(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with that in place of each such text, of which there must be one. */
  ShippedFile with(String found, String instead) {
    if (!text.contains(found)) {
      throw new AssertionError("the file has no " + found);
    }
    return new ShippedFile(text.replace(found, instead));
  }

  /** The edge's with checkers at those ports, in place of its one. */
  ShippedFile withCheckersAt(List<Integer> ports) {
    return with(
        CHECKER.formatted(9191),
        ports.stream()
                .map(CHECKER::formatted)
                .collect(Collectors.joining("\n              - endpoint:\n                  "))
            + " # port_value: 9191");
  }

  /** The same with the certificates, keys and secrets of that folder, where it has any. */
  ShippedFile withSecretsOf(Path folder) {
    return new ShippedFile(
        text.replace("/etc/envoy/tls", folder.toString())
            .replace("/etc/envoy/login", folder.toString())
            .replace("/etc/ssl/certs/ca-certificates.crt", folder.resolve("tls.crt").toString()));
  }
}
