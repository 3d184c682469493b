package dev.rolecall.spring.internal.setting;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The check that no property is misspelled, in any source of settings: a switch that is not read
 * leaves a server weaker than its operator thinks. Boot's own check leaves environment variables
 * and system properties out, and cannot be had where several records share a prefix.
 *
 * <p>In files and on the command line each property under {@code rolecall} must be known. System
 * properties and environment variables come from elsewhere too, so there a name is refused only
 * under {@code rolecall.server}, {@code client} and {@code sts}, or where it is nearly one of ours.
 * The variables that Kubernetes makes of a Service are passed over, whatever the Service's name.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables">Kubernetes,
 *     environment variables of Services</a>
 */
public final class UnknownSettings implements BeanFactoryPostProcessor {

  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("rolecall");
  private static final Pattern OURS =
      Pattern.compile("(?i)rolecall[._](server|client|sts)[._\\[].*");
  private static final Pattern SERVICE =
      Pattern.compile(
          ".*_SERVICE_HOST|.*_SERVICE_PORT(_.+)?|.*_PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?");
  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  /** Names of early builds, without what spellings differ in. */
  private static final Map<String, String> FORMER =
      Map.of(
          "rolecallserverauditing", "rolecall.server.audit.condition",
          "rolecallserverpolicyreloadperiod", "rolecall.server.policy-period",
          "rolecallserveracceptcustomendpoints0url",
              "rolecall.server.accept-custom-endpoints[0].endpoint",
          "rolecallclientstsendpoint", "rolecall.sts.endpoint",
          "rolecallclientstsregion", "rolecall.sts.region");

  private final KnownSettings known;
  private final ConfigurableEnvironment environment;

  /**
   * A check of that application's properties.
   *
   * @param records the records that the properties are bound to, each with its prefix
   */
  public UnknownSettings(List<Class<?>> records, ConfigurableEnvironment environment) {
    this.known = KnownSettings.of(records);
    this.environment = environment;
  }

  /**
   * Checks the names of all sources.
   *
   * @throws InvalidSettingException if one is misspelled
   */
  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> settings) {
        for (String name : settings.getPropertyNames()) {
          complaint(settings, name)
              .ifPresent(
                  complaint -> {
                    throw new InvalidSettingException(
                        name, complaint + ", from " + source.getName());
                  });
        }
      }
    }
  }

  private Optional<String> complaint(EnumerablePropertySource<?> source, String name) {
    // Boot drops dashes and the like from names, in whichever place.
    if (!letters(name).startsWith("rol")) {
      return Optional.empty();
    }
    if (source instanceof SystemEnvironmentPropertySource) {
      return known.hasVariable(name) || isOfAService(name, source.getProperty(name))
          ? Optional.empty()
          : complaint(name, KnownSettings.Known::variableName, OURS.asMatchPredicate(), "variable");
    }
    boolean ofTheJvm =
        StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME.equals(source.getName());
    return known.has(ConfigurationPropertyName.adapt(name, '.'))
        ? Optional.empty()
        : complaint(
            name,
            KnownSettings.Known::property,
            ofTheJvm ? OURS.asMatchPredicate() : UnknownSettings::isBelowRoot,
            "property");
  }

  private static boolean isBelowRoot(String name) {
    return ROOT.isAncestorOf(ConfigurationPropertyName.adapt(name, '.'));
  }

  private Optional<String> complaint(
      String name,
      Function<KnownSettings.Known, String> spelling,
      Predicate<String> ours,
      String kind) {
    List<String> names =
        known.settings().stream().map(spelling).map(each -> keyed(each, name)).toList();
    Optional<String> meant = formerly(name, spelling).or(() -> NearestName.to(name, names));
    if (meant.isEmpty() && !ours.test(name)) {
      return Optional.empty();
    }
    return Optional.of(
        "no such " + kind + meant.map(nearest -> " (did you mean " + nearest + "?)").orElse(""));
  }

  /** A known name with the keys of a written one, as far as they stand in the same places. */
  private static String keyed(String known, String written) {
    String[] elements = known.split("\\.", -1);
    String[] given = written.split("\\.", -1);
    for (int i = 0; i < Math.min(elements.length, given.length); i++) {
      elements[i] = elements[i].startsWith("<") ? given[i] : elements[i];
    }
    return String.join(".", elements);
  }

  /** The present name of a property that had another one in early builds. */
  private Optional<String> formerly(String name, Function<KnownSettings.Known, String> spelling) {
    Optional<String> present = Optional.ofNullable(FORMER.get(letters(name)));
    return known.settings().stream()
        .filter(setting -> present.filter(setting.property()::equals).isPresent())
        .map(spelling)
        .findFirst();
  }

  /** What is left of a name in every spelling. */
  private static String letters(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  private static boolean isOfAService(String name, @Nullable Object value) {
    return SERVICE.matcher(name).matches()
        || (name.endsWith("_PORT") && SERVICE_ADDRESS.matcher(String.valueOf(value)).matches());
  }
}
