variable "name" {
  description = "The role's name: what a Rolecall policy calls it by. No path, since STS tells of none."
  type        = string
}

variable "platform" {
  description = "Where it is used: the name of a file in iam-policies/trust."
  type        = string

  validation {
    condition = contains(
      ["ec2", "ecs", "lambda", "eks-irsa", "eks-pod-identity", "developer", "chain"],
      var.platform
    )
    error_message = "One of ec2, ecs, lambda, eks-irsa, eks-pod-identity, developer, chain."
  }
}

variable "oidc_provider_id" {
  description = "eks-irsa: the last part of the cluster's OIDC issuer."
  type        = string
  default     = ""
}

variable "cluster" {
  description = "eks-pod-identity: the cluster's name."
  type        = string
  default     = ""
}

variable "namespace" {
  description = "eks-irsa, eks-pod-identity: the service account's namespace."
  type        = string
  default     = ""
}

variable "service_account" {
  description = "eks-irsa, eks-pod-identity: the service account's name."
  type        = string
  default     = ""
}

variable "permission_set" {
  description = "developer: the name of the IAM Identity Center permission set."
  type        = string
  default     = ""
}

variable "assumed_by" {
  description = "chain: the name of the role that may assume this one. It must exist."
  type        = string
  default     = ""
}

variable "may_assume" {
  description = "The name of another role that this one may assume; empty for none."
  type        = string
  default     = ""
}

variable "token_audience" {
  description = "The audience that the role may get web identity tokens for; empty for none."
  type        = string
  default     = ""
}
