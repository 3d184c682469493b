terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

data "aws_partition" "here" {}

variable "role_prefix" {
  description = "How the names begin of the roles that a Rolecall policy lists, such as orders-."
  type        = string

  validation {
    condition     = length(var.role_prefix) > 1
    error_message = "A prefix of at least two characters: an empty one would be every role."
  }
}

variable "deployment_role" {
  description = "The name of the one role that may make and change them, in every account."
  type        = string
}

variable "target_id" {
  description = "The organization's root, unit or account that the policy is attached to."
  type        = string
}

locals {
  partition = data.aws_partition.here.partition

  given    = file("${path.module}/../../organization/guardrail.json")
  arns     = replace(local.given, "arn:aws:", "arn:${local.partition}:")
  deployed = replace(local.arns, "role/deployment\"", "role/${var.deployment_role}\"")
  policy   = replace(local.deployed, "/orders-*", "/${var.role_prefix}*")
}

resource "aws_organizations_policy" "guardrail" {
  name    = "rolecall-roles"
  type    = "SERVICE_CONTROL_POLICY"
  content = local.policy
}

resource "aws_organizations_policy_attachment" "guardrail" {
  policy_id = aws_organizations_policy.guardrail.id
  target_id = var.target_id
}
