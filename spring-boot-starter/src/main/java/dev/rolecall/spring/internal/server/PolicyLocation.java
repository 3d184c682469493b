package dev.rolecall.spring.internal.server;

import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.InvalidPolicyException;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.policy.document.PolicyFileBuilder;
import dev.rolecall.policy.document.PolicyReading;
import dev.rolecall.spring.internal.setting.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ResourceUtils;

/**
 * The place of the policy: a file, which is followed, or an entry of a jar, which cannot change.
 *
 * @param resource the resource that the setting names
 */
public record PolicyLocation(Resource resource) {

  private static final Setting POLICY = Setting.ofServer("policy");

  /** More than a policy may have, so that its reader says that it is too large. */
  private static final int TOO_MANY_BYTES = (1 << 20) + 1;

  /**
   * A path is of the file system; {@code file:} and {@code classpath:} say so. Nothing is fetched
   * from anywhere else.
   */
  public static PolicyLocation of(String location, ResourceLoader loader) {
    if (!ResourceUtils.isUrl(location)) {
      return new PolicyLocation(new FileSystemResource(location));
    }
    if (location.startsWith("file:") || location.startsWith("classpath:")) {
      return new PolicyLocation(loader.getResource(location));
    }
    throw POLICY.invalid(location, "a path, file: or classpath:");
  }

  /** Loads it. Blocks on the file. */
  public PolicySource open(Duration period) {
    try {
      return resource.isFile() ? followed(resource.getFile().toPath(), period) : fixed();
    } catch (IOException e) {
      throw POLICY.broken(
          new UncheckedIOException(resource.getDescription() + " cannot be read", e));
    } catch (InvalidPolicyException e) {
      throw POLICY.broken(e);
    }
  }

  private static PolicySource followed(Path file, Duration period) {
    PolicyFileBuilder options = PolicyFile.builder(file);
    Setting.ofServer("policy-period").to(period, options::period);
    return options.follow();
  }

  private PolicySource fixed() throws IOException {
    try (InputStream content = resource.getInputStream()) {
      return PolicySource.fixed(
          PolicyDocument.read(resource.getDescription(), content.readNBytes(TOO_MANY_BYTES))
              .fold(
                  PolicyReading.Loaded::policy,
                  rejected -> {
                    throw POLICY.broken(
                        new IllegalArgumentException(rejected.problems().get(0).toString()));
                  }));
    }
  }
}
