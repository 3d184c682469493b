/** Grants access for a time: requests, reviews, grants, locks, and their feed. */
module dev.rolecall.service {
  requires com.fasterxml.jackson.core;
  requires com.zaxxer.hikari;
  requires flyway.core;
  requires io.opentelemetry.api;
  requires java.net.http;
  requires java.sql;
  requires org.jdbi.v3.core;
  requires org.postgresql.jdbc;
  requires org.xerial.sqlitejdbc;
  requires static org.checkerframework.checker.qual;
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.access;
  requires transitive dev.rolecall.grants;
  requires transitive dev.rolecall.guard;
  requires transitive dev.rolecall.identity;
  requires transitive dev.rolecall.jwt;
  requires transitive dev.rolecall.policy;
  requires transitive io.grpc;

  exports dev.rolecall.service;
  exports dev.rolecall.service.failure;
  exports dev.rolecall.service.event;
  exports dev.rolecall.service.request;
  exports dev.rolecall.service.rules;
  exports dev.rolecall.service.rules.document;
  exports dev.rolecall.service.store;
  exports dev.rolecall.service.store.postgres;
  exports dev.rolecall.service.store.sqlite;
  exports dev.rolecall.service.token;
  exports dev.rolecall.service.store.transfer;
}
