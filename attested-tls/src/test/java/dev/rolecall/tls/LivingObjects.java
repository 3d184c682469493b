package dev.rolecall.tls;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Counts the living objects of each class that attested TLS instantiates for a certificate, a
 * connection or a call: Rolecall's classes, private keys, TLS sessions, and gRPC's transports. It
 * leaves certificates out: the JDK's factory caches the last 750, for as long as there is memory.
 */
final class LivingObjects {

  private static final String COUNTED =
      "dev\\.rolecall\\.(?:identity|access|guard|client|verifier|tls)\\.[\\w.$]+"
          + "|sun\\.security\\.ec\\.ECPrivateKeyImpl"
          + "|sun\\.security\\.ssl\\.SSL\\w+Impl"
          + "|\\S+\\.netty\\.handler\\.ssl\\.\\w*OpenSsl\\w*(?:Engine|Session)"
          + "|\\S+\\.grpc\\.netty\\.Netty(?:Client|Server)(?:Handler|Transport)";

  /** The classes of lambdas, whose names are numbers, do not match. */
  private static final Pattern LINE =
      Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(" + COUNTED + ")(?=\\s|$)");

  private LivingObjects() {}

  /** Collects garbage, and counts; classes that none lives of are missing. */
  static Map<String, Long> count() throws JMException {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    Map<String, Long> living = new TreeMap<>();
    Matcher line = LINE.matcher(histogram);
    while (line.find()) {
      living.put(line.group(2), Long.parseLong(line.group(1)));
    }
    return living;
  }
}
