package dev.rolecall.spring.internal.server;

import dev.rolecall.access.scheme.Scheme;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ResourceUtils;

/**
 * The places of the policy: files and folders, which are followed, or entries of a jar, which
 * cannot change. All of them are one policy.
 *
 * @param resources the resources that the setting names, at least one
 */
public record PolicyLocations(List<Resource> resources) {

  private static final Setting POLICY = Setting.ofServer("policy");

  /** More than a policy may have, so that its reader says that it is too large. */
  private static final int TOO_MANY_BYTES = (1 << 20) + 1;

  /** Copies the list, which has at least one. */
  public PolicyLocations {
    resources = List.copyOf(resources);
    if (resources.isEmpty()) {
      throw POLICY.invalid("none", "at least one file or folder");
    }
  }

  /**
   * A path is of the file system; {@code file:} and {@code classpath:} say so. Nothing is fetched
   * from anywhere else.
   */
  public static PolicyLocations of(List<String> locations, ResourceLoader loader) {
    return new PolicyLocations(
        locations.stream().map(location -> resource(location, loader)).toList());
  }

  private static Resource resource(String location, ResourceLoader loader) {
    if (!ResourceUtils.isUrl(location)) {
      return new FileSystemResource(location);
    }
    if (location.startsWith("file:") || location.startsWith("classpath:")) {
      return loader.getResource(location);
    }
    throw POLICY.invalid(location, "a path, file: or classpath:");
  }

  /**
   * Loads them. Blocks on the files.
   *
   * @param schemes the server's: files that name an alias or a trust domain of none of them are no
   *     policy, now and later. Of a jar's entries the guard checks that
   */
  public PolicySource open(Duration period, List<Scheme> schemes) {
    long files = resources.stream().filter(Resource::isFile).count();
    if (files != 0 && files != resources.size()) {
      throw POLICY.invalid(
          "files, and entries of a jar", "either, since a jar's entries cannot be followed");
    }
    try {
      return files == 0 ? fixed() : followed(period, schemes);
    } catch (InvalidPolicyException e) {
      throw POLICY.broken(e);
    }
  }

  private PolicySource followed(Duration period, List<Scheme> schemes) {
    List<Path> paths = resources.stream().map(PolicyLocations::path).toList();
    PolicyFileBuilder options =
        PolicyFile.builder(paths.get(0), paths.stream().skip(1).toArray(Path[]::new));
    Setting.ofServer("policy-period").to(period, options::period);
    return options
        .aliases(all(schemes, Scheme::aliases))
        .trustDomains(all(schemes, scheme -> scheme.trustDomains().keySet()))
        .follow();
  }

  private static <T> Set<T> all(List<Scheme> schemes, Function<Scheme, Set<T>> names) {
    return schemes.stream()
        .flatMap(scheme -> names.apply(scheme).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Path path(Resource resource) {
    try {
      return resource.getFile().toPath();
    } catch (IOException e) {
      throw unreadable(resource, e);
    }
  }

  private PolicySource fixed() {
    Map<String, byte[]> texts = new LinkedHashMap<>();
    resources.forEach(resource -> texts.put(resource.getDescription(), content(resource)));
    return PolicySource.fixed(
        PolicyDocument.read(texts)
            .fold(
                PolicyReading.Loaded::policy,
                rejected -> {
                  throw new InvalidPolicyException(rejected.problems());
                }));
  }

  private static byte[] content(Resource resource) {
    try (InputStream content = resource.getInputStream()) {
      return content.readNBytes(TOO_MANY_BYTES);
    } catch (IOException e) {
      throw unreadable(resource, e);
    }
  }

  private static RuntimeException unreadable(Resource resource, IOException cause) {
    return POLICY.broken(
        new UncheckedIOException(resource.getDescription() + " cannot be read", cause));
  }
}
