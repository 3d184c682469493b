package dev.rolecall.cli.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.json.JsonReading;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.json.ObjectBuilder;
import dev.rolecall.tokencredentials.UserLogin;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The file of one login: issuer, client, wish, and the refresh token, a secret. Readable by its
 * owner alone, and replaced in one step. Safe for use by several processes.
 */
public final class LoginFile implements UserLogin.RefreshTokens {

  private static final Pattern ALIAS = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final JsonLimits LIMITS = new JsonLimits(65_536, 2, 20, 20);
  private static final String OWNER_ALONE = "rw-------";

  private final String alias;
  private final Path file;

  private LoginFile(String alias, Path file) {
    this.alias = alias;
    this.file = file;
  }

  /**
   * The file of that alias.
   *
   * @param folder where logins are kept; it need not be there
   * @throws CommandFailure if the alias is malformed
   */
  public static LoginFile of(Path folder, String alias) {
    if (!ALIAS.matcher(requireNonNull(alias, "alias")).matches()) {
      throw new CommandFailure(
          "ALIAS: " + alias + " (expected: a letter, then up to 31 of a-z, 0-9 and -)");
    }
    return new LoginFile(alias, folder.resolve(alias + ".json"));
  }

  /** The usual folder: {@code rolecall/logins} where this user's settings are. */
  public static Path usualFolder() {
    String settings = System.getenv("XDG_CONFIG_HOME");
    Path home =
        settings == null || settings.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".config")
            : Path.of(settings);
    return home.resolve("rolecall").resolve("logins");
  }

  /** The file. */
  public Path path() {
    return file;
  }

  /** Whether there is one. */
  public boolean exists() {
    return Files.exists(file);
  }

  /**
   * What is kept but the secret.
   *
   * @throws CommandFailure if there is no login, or others may read it
   */
  public StoredLogin stored() {
    JsonValue.Members members = members();
    try {
      return new StoredLogin(
          URI.create(text(members, "issuer")),
          text(members, "client_id"),
          new UserLogin.Wish(
              members.text("scope"),
              members.text("audience"),
              members.text("resource").map(URI::create)),
          members.text("trusted_certificates").map(Path::of));
    } catch (IllegalArgumentException e) {
      throw wrong("not a login: " + e.getMessage());
    }
  }

  @Override
  public String read() {
    return text(members(), "refresh_token");
  }

  @Override
  public void write(String next) throws IOException {
    write(stored(), next);
  }

  /**
   * Replaces the file.
   *
   * @throws IOException if it cannot be written
   */
  public void write(StoredLogin login, String refreshToken) throws IOException {
    ObjectBuilder json =
        new ObjectBuilder()
            .put("issuer", login.issuer().toString())
            .put("client_id", login.clientId());
    login.wish().scope().ifPresent(text -> json.put("scope", text));
    login.wish().audience().ifPresent(text -> json.put("audience", text));
    login.wish().resource().ifPresent(uri -> json.put("resource", uri.toString()));
    login.authorities().ifPresent(path -> json.put("trusted_certificates", path.toString()));
    json.put("refresh_token", refreshToken);
    Files.createDirectories(folder());
    Path next = Files.createTempFile(folder(), alias, ".tmp", ownerAlone());
    try {
      Files.write(next, json.build().toJson());
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  /**
   * Runs the use while no other process has one: an issuer may withdraw a login whose refresh token
   * comes twice. Blocks until the other use is over.
   *
   * @throws IOException if the lock cannot be had
   */
  public <T> T alone(Supplier<T> use) throws IOException {
    Path lock = folder().resolve(alias + ".lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var held = channel.lock()) {
      if (!held.isValid()) {
        throw new IOException("the lock was lost");
      }
      return use.get();
    }
  }

  private Path folder() {
    return requireNonNull(file.getParent(), "folder");
  }

  private static FileAttribute<?>[] ownerAlone() {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ALONE))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix() {
    return Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private JsonValue.Members members() {
    try {
      if (isPosix()) {
        check(Files.getPosixFilePermissions(file));
      }
      String text = Files.readString(file);
      return JsonReading.of(text.getBytes(UTF_8), LIMITS)
          .fold(
              read -> read,
              flaw -> {
                throw wrong("not a login (expected: what 'rolecall login' wrote)");
              });
    } catch (NoSuchFileException e) {
      throw new CommandFailure(
          "no login '"
              + alias
              + "' in "
              + folder()
              + ": run 'rolecall login "
              + alias
              + " --issuer URL --client-id ID'",
          e);
    } catch (IOException e) {
      throw new CommandFailure(file + ": " + IoWords.why(e), e);
    }
  }

  private void check(Set<PosixFilePermission> permissions) {
    if (!PosixFilePermissions.fromString(OWNER_ALONE).containsAll(permissions)) {
      throw wrong(
          "others may read this secret ("
              + PosixFilePermissions.toString(permissions)
              + ", expected: "
              + OWNER_ALONE
              + "); log in again if they did");
    }
  }

  private String text(JsonValue.Members members, String name) {
    return members
        .text(name)
        .orElseThrow(() -> wrong("no " + name + " (expected: what 'rolecall login' wrote)"));
  }

  private CommandFailure wrong(String what) {
    return new CommandFailure(file + ": " + what);
  }

  @Override
  public String toString() {
    return "LoginFile[" + file + "]";
  }
}
