terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

data "aws_caller_identity" "here" {}

data "aws_region" "here" {}

data "aws_partition" "here" {}

variable "vpc_id" {
  description = "The VPC of the servers."
  type        = string
}

variable "subnet_ids" {
  description = "A subnet for each of its availability zones."
  type        = list(string)
}

variable "security_group_ids" {
  description = "They let the servers in, on port 443."
  type        = list(string)
}

variable "caller_accounts" {
  description = "The accounts of the callers that the servers verify; by default this one alone."
  type        = list(string)
  default     = []
}

locals {
  account   = data.aws_caller_identity.here.account_id
  partition = data.aws_partition.here.partition
  callers   = length(var.caller_accounts) == 0 ? [local.account] : var.caller_accounts

  # The one list in the plain policy holds the callers' accounts; every other account is this one.
  given  = file("${path.module}/../../endpoint/sts.json")
  arns   = replace(local.given, "arn:aws:", "arn:${local.partition}:")
  listed = replace(local.arns, "[\"111122223333\"]", jsonencode(local.callers))
  policy = replace(local.listed, "111122223333", local.account)
}

resource "aws_vpc_endpoint" "sts" {
  vpc_id              = var.vpc_id
  service_name        = "${data.aws_partition.here.reverse_dns_prefix}.${data.aws_region.here.id}.sts"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = var.subnet_ids
  security_group_ids  = var.security_group_ids
  policy              = local.policy
}
