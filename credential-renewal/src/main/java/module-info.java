/** Keeps one credential fresh for all calls. */
module dev.rolecall.renewal {
  requires static transitive org.jspecify;
  requires transitive io.grpc;
  requires transitive io.opentelemetry.api;
  requires dev.rolecall.identity;

  exports dev.rolecall.renewal;
}
