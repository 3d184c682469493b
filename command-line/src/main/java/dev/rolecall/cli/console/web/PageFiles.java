package dev.rolecall.cli.console.web;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * The files of the page, by the path that they are asked for with. All are read at the start and
 * none is looked for later, so that no path leads anywhere else.
 */
final class PageFiles {

  private static final String FOLDER = "/dev/rolecall/cli/console/page/";
  private static final String SHELL = "index.html";

  private static final List<String> NAMES =
      List.of(
          SHELL,
          "activity.js",
          "api.js",
          "ask.js",
          "console.css",
          "decisions.js",
          "dom.js",
          "explain.js",
          "export.js",
          "face.js",
          "follow.js",
          "form.js",
          "icon.svg",
          "inbox.js",
          "live.js",
          "lock.js",
          "main.js",
          "matrix.js",
          "mine.js",
          "people.js",
          "policy.js",
          "requests.js",
          "review.js",
          "revoke.js",
          "table.js",
          "time.js");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, PageFile> byPath;

  /**
   * A file.
   *
   * @param type its media type
   * @param bytes all of it
   * @param zipped the same, as {@code gzip} packs it
   */
  @SuppressWarnings("ArrayRecordComponent") // Read once, written often, never compared.
  record PageFile(String type, byte[] bytes, byte[] zipped) {}

  private PageFiles(Map<String, PageFile> byPath) {
    this.byPath = byPath;
  }

  /** Reads them. */
  static PageFiles read() {
    return new PageFiles(
        NAMES.stream()
            .collect(
                toUnmodifiableMap(name -> name.equals(SHELL) ? "/" : "/" + name, PageFiles::file)));
  }

  /** The file of exactly that path. */
  Optional<PageFile> at(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  private static PageFile file(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1);
    try (InputStream in = PageFiles.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the page has no file " + name);
      }
      byte[] bytes = in.readAllBytes();
      return new PageFile(TYPES.getOrDefault(extension, "text/plain"), bytes, zipped(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] zipped(byte[] file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(file);
    }
    return bytes.toByteArray();
  }
}
