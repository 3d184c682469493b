package dev.rolecall.service.store.internal.database;

import static java.util.Objects.requireNonNull;

import dev.rolecall.service.store.StoreNotOpenedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** The schema, brought up to date. Blocks. */
public final class Migrations {

  private static final String FOLDER = "/rolecall/access-schema/";
  private static final List<String> FILES = List.of("V1__access.sql");

  private Migrations() {}

  /**
   * Brings the schema up to date. Several nodes may do that at once.
   *
   * @param connections without the time limits of the service's own
   * @throws StoreNotOpenedException if the schema is newer than this program, or if that failed
   */
  public static void run(DataSource connections) {
    requireNonNull(connections, "connections");
    Flyway flyway =
        Flyway.configure()
            .dataSource(connections)
            .table("rolecall_schema_history")
            .resourceProvider(new Bundled())
            .failOnMissingLocations(false)
            .validateMigrationNaming(false)
            .loggers("slf4j")
            .load();
    try {
      for (MigrationInfo each : flyway.info().applied()) {
        if (each.getState().name().startsWith("FUTURE")) {
          throw new StoreNotOpenedException(
              "schema: version "
                  + each.getVersion()
                  + " is newer than this program (expected: at most version "
                  + FILES.size()
                  + "; next step: run the newer program again, or restore a backup)",
              false);
        }
      }
      flyway.migrate();
    } catch (FlywayException e) {
      throw new StoreNotOpenedException(
          "schema: it could not be brought up to date (expected: a database that is empty, or that"
              + " this program made, and a user who may change its tables)",
          true,
          e);
    }
  }

  /** The files of this module. Flyway would search the class path, which modules hide. */
  private static final class Bundled implements ResourceProvider {

    /** Scripts may have a file of settings beside them; these have none. */
    @Override
    public @Nullable LoadableResource getResource(String name) {
      return FILES.contains(name) ? new Script(name) : null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
      return FILES.stream()
          .filter(name -> name.startsWith(prefix))
          .filter(name -> Arrays.stream(suffixes).anyMatch(name::endsWith))
          .map(name -> (LoadableResource) new Script(name))
          .toList();
    }
  }

  /** One file. */
  private static final class Script extends LoadableResource {

    private final String name;

    Script(String name) {
      this.name = name;
    }

    @Override
    public Reader read() {
      try (InputStream in = Migrations.class.getResourceAsStream(FOLDER + name)) {
        return new StringReader(
            new String(requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String getAbsolutePath() {
      return FOLDER + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return FOLDER + name;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return name;
    }
  }
}
