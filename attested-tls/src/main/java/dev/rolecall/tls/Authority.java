package dev.rolecall.tls;

import dev.rolecall.tls.internal.certificate.DnsName;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The authority of a call: a host, and most often a port. */
final class Authority {

  private static final Pattern FORM = Pattern.compile("([A-Za-z0-9.-]+?)\\.?(:[0-9]{1,5})?");

  private Authority() {}

  /** The host of that authority, if it is a DNS name; empty for an IPv6 address. */
  static Optional<String> host(String authority) {
    Matcher matcher = FORM.matcher(authority);
    return matcher.matches()
        ? DnsName.of(matcher.group(1).toLowerCase(Locale.ROOT)).map(DnsName::value)
        : Optional.empty();
  }
}
