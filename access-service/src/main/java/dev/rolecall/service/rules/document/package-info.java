/**
 * Reads the rules of an access service from YAML or JSON, and follows their file. Start at {@link
 * dev.rolecall.service.rules.document.RulesFile}, or {@link
 * dev.rolecall.service.rules.document.RulesDocument} to read one once. The package knows no store
 * and no gRPC.
 */
@NullMarked
package dev.rolecall.service.rules.document;

import org.jspecify.annotations.NullMarked;
