package dev.rolecall.service.store.postgres;

import dev.rolecall.identity.internal.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * The address of a database, without the password, which a file has. No message quotes the address:
 * a password may have been put there by mistake.
 */
final class DatabaseAddress {

  private static final String PREFIX = "jdbc:postgresql:";
  private static final int LONGEST_PASSWORD = 4096;
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[?::1]?");

  private final String url;
  private final @Nullable String user;
  private final @Nullable Path passwordFile;

  private DatabaseAddress(String url, @Nullable String user, @Nullable Path passwordFile) {
    this.url = url;
    this.user = user;
    this.passwordFile = passwordFile;
  }

  static DatabaseAddress of(String text) {
    String url = text.startsWith("postgresql:") ? "jdbc:" + text : text;
    if (!url.startsWith(PREFIX)) {
      throw new IllegalArgumentException(
          "database URL: it does not begin with postgresql: or jdbc:postgresql: (expected: such as"
              + " postgresql://db.internal:5432/access?user=rolecall)");
    }
    String lower = url.toLowerCase(Locale.ROOT);
    if (lower.contains("password=") || beforePath(lower).contains("@")) {
      throw new IllegalArgumentException(
          "database URL: it has a password or a user before the host (expected: ?user=NAME in the"
              + " URL, and the password in a file)");
    }
    if (!isReadable(url)) {
      throw new IllegalArgumentException(
          "database URL: it cannot be read (expected: such as"
              + " postgresql://db.internal:5432/access?user=rolecall)");
    }
    return new DatabaseAddress(url, null, null);
  }

  /**
   * Whether the connection is to this machine, or by TLS that proves which server it is. The
   * driver's usual {@code prefer} takes a server without TLS, and any certificate.
   *
   * @see <a href="https://jdbc.postgresql.org/documentation/ssl/">pgjdbc, SSL modes</a>
   */
  boolean isProtected() {
    Properties parsed = Driver.parseURL(url, null);
    if (parsed == null) {
      return false;
    }
    if (String.valueOf(PGProperty.SSL_FACTORY.getOrDefault(parsed))
        .endsWith("NonValidatingFactory")) {
      return false;
    }
    String mode = String.valueOf(PGProperty.SSL_MODE.getOrDefault(parsed));
    return mode.equals("verify-full") || mode.equals("verify-ca") || isThisMachine(parsed);
  }

  private static boolean isThisMachine(Properties parsed) {
    return PGProperty.SOCKET_FACTORY.getOrDefault(parsed) == null
        && Stream.of(String.valueOf(PGProperty.PG_HOST.getOrDefault(parsed)).split(","))
            .allMatch(LOOPBACK.asMatchPredicate());
  }

  private static boolean isReadable(String url) {
    try {
      return DriverManager.getDriver(url).acceptsURL(url);
    } catch (SQLException e) {
      // The driver says no more than that, and quotes the address.
      return false;
    }
  }

  private static String beforePath(String url) {
    String rest = url.substring(PREFIX.length());
    int from = rest.startsWith("//") ? 2 : 0;
    int slash = rest.indexOf('/', from);
    return rest.substring(from, slash < 0 ? rest.length() : slash);
  }

  DatabaseAddress withUser(String name) {
    if (name.isBlank()) {
      throw InvalidValue.of("database user", name, "a name");
    }
    if (url.toLowerCase(Locale.ROOT).matches(".*[?&]user=.*")) {
      throw InvalidValue.of("database user", name, "none, since the URL has one");
    }
    return new DatabaseAddress(url, name, passwordFile);
  }

  DatabaseAddress withPasswordFile(Path file) {
    return new DatabaseAddress(url, user, file);
  }

  String url() {
    return url;
  }

  /**
   * The properties of a connection. What the URL says counts before them.
   *
   * @throws IllegalArgumentException if the password file cannot be read, or is empty
   */
  Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "rolecall-access");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "12");
    properties.setProperty("tcpKeepAlive", "true");
    if (user != null) {
      properties.setProperty("user", user);
    }
    password().ifPresent(password -> properties.setProperty("password", password));
    return properties;
  }

  private Optional<String> password() {
    if (passwordFile == null) {
      return Optional.empty();
    }
    try {
      if (Files.size(passwordFile) > LONGEST_PASSWORD) {
        throw badPasswordFile("has more than " + LONGEST_PASSWORD + " bytes");
      }
      String password = Files.readString(passwordFile).replaceFirst("\\R\\z", "");
      if (password.isEmpty()) {
        throw badPasswordFile("is empty");
      }
      return Optional.of(password);
    } catch (IOException e) {
      throw badPasswordFile("cannot be read");
    }
  }

  private IllegalArgumentException badPasswordFile(String what) {
    return new IllegalArgumentException(
        "database password file: "
            + passwordFile
            + " "
            + what
            + " (expected: one line with the password, in UTF-8)");
  }

  @Override
  public String toString() {
    return "DatabaseAddress[****]";
  }
}
