package dev.rolecall.service.internal.api;

import dev.rolecall.identity.RoleId;
import dev.rolecall.service.request.Subject;

/** Subjects as messages. */
final class Subjects {

  private Subjects() {}

  static dev.rolecall.grants.v1.Subject message(Subject subject) {
    return dev.rolecall.grants.v1.Subject.newBuilder()
        .setPrincipal(subject.principal())
        .setRoleId(subject.roleId().map(RoleId::value).orElse(""))
        .setPerson(subject.person().orElse(""))
        .build();
  }
}
