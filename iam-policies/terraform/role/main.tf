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

locals {
  account   = data.aws_caller_identity.here.account_id
  partition = data.aws_partition.here.partition
  suffix    = data.aws_partition.here.dns_suffix

  # China has a name of its own for this service alone; the others', STS's audience and the path of
  # IAM Identity Center's roles are the same in every partition.
  ec2 = lookup({ "aws-cn" = "ec2.amazonaws.com.cn" }, local.partition, "ec2.amazonaws.com")

  # The plain policies, with their placeholders replaced, each with what stands around it: a name that
  # is given may look like another placeholder.
  given      = file("${path.module}/../../trust/${var.platform}.json")
  arns       = replace(local.given, "arn:aws:", "arn:${local.partition}:")
  issuer     = replace(local.arns, "oidc.eks.eu-west-1.amazonaws.com", "oidc.eks.eu-west-1.${local.suffix}")
  service    = replace(local.issuer, "\"ec2.amazonaws.com\"", "\"${local.ec2}\"")
  region     = replace(local.service, "eu-west-1", data.aws_region.here.id)
  own        = replace(local.region, "111122223333", local.account)
  oidc       = replace(local.own, "EXAMPLED539D4633E53DE1B71EXAMPLE", var.oidc_provider_id)
  cluster    = replace(local.oidc, "cluster/demo", "cluster/${var.cluster}")
  namespace  = replace(local.cluster, "-namespace\": \"orders\"", "-namespace\": \"${var.namespace}\"")
  pod        = replace(local.namespace, "-account\": \"orders-client\"", "-account\": \"${var.service_account}\"")
  subject    = replace(local.pod, ":orders:orders-client", ":${var.namespace}:${var.service_account}")
  permission = replace(local.subject, "_OrdersDeveloper_", "_${var.permission_set}_")
  trust      = replace(local.permission, "role/checkout", "role/${var.assumed_by}")

  assumable    = file("${path.module}/../../permissions/assume-role.json")
  assumable_at = replace(local.assumable, "arn:aws:", "arn:${local.partition}:")
  assumed_role = replace(local.assumable_at, "111122223333", local.account)
  assume       = replace(local.assumed_role, "role/orders-client", "role/${var.may_assume}")

  stated       = file("${path.module}/../../permissions/web-identity.json")
  web_identity = replace(local.stated, "\"orders\"", "\"${var.token_audience}\"")
}

resource "aws_iam_role" "this" {
  name               = var.name
  assume_role_policy = local.trust

  lifecycle {
    precondition {
      condition     = var.platform != "eks-irsa" || var.oidc_provider_id != ""
      error_message = "eks-irsa: set oidc_provider_id."
    }
    precondition {
      condition     = var.platform != "eks-pod-identity" || var.cluster != ""
      error_message = "eks-pod-identity: set cluster."
    }
    precondition {
      condition = (
        !startswith(var.platform, "eks-") || (var.namespace != "" && var.service_account != "")
      )
      error_message = "eks-irsa, eks-pod-identity: set namespace and service_account."
    }
    precondition {
      condition     = var.platform != "developer" || var.permission_set != ""
      error_message = "developer: set permission_set."
    }
    precondition {
      condition     = var.platform != "chain" || var.assumed_by != ""
      error_message = "chain: set assumed_by."
    }
  }
}

resource "aws_iam_instance_profile" "this" {
  count = var.platform == "ec2" ? 1 : 0

  name = var.name
  role = aws_iam_role.this.name
}

resource "aws_iam_role_policy" "assume" {
  count = var.may_assume == "" ? 0 : 1

  name   = "assume-role"
  role   = aws_iam_role.this.id
  policy = local.assume
}

resource "aws_iam_role_policy" "web_identity" {
  count = var.token_audience == "" ? 0 : 1

  name   = "web-identity"
  role   = aws_iam_role.this.id
  policy = local.web_identity
}

output "arn" {
  description = "What a Rolecall policy lists as a principal."
  value       = aws_iam_role.this.arn
}
