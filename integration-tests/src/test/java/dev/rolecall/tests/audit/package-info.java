/** Audit files: what the engine writes, held against what the commands say of it. */
@org.jspecify.annotations.NullMarked
package dev.rolecall.tests.audit;
