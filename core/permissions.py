"""The permission vocabulary: every view and endpoint names one of these; roles grant them (`accounts.roles`)."""

from enum import StrEnum


class Permission(StrEnum):
    """`app.verb_noun`. PUBLIC and SIGNED_IN are the two that no role grants: no login needed, any login will do."""

    PUBLIC = "core.public"
    SIGNED_IN = "core.signed_in"

    AUDIT_VIEW = "audit.view_entry"
    AUDIT_VIEW_PERSONAL = "audit.view_personal"
    AUDIT_VERIFY = "audit.verify_record"
    AUDIT_CLEAR = "audit.clear_alarm"

    PERSON_MANAGE = "accounts.manage_person"
    ROLE_APPROVE = "accounts.approve_role"
    API_CLIENT_MANAGE = "accounts.manage_api_client"

    WORKFLOW_VIEW = "workflows.view_workflow"
    WORKFLOW_EDIT = "workflows.edit_workflow"
    WORKFLOW_APPROVE = "workflows.approve_workflow"
    RUN_VIEW = "workflows.view_run"
    RUN_OPERATE = "workflows.operate_run"

    CUSTOMER_VIEW = "customers.view_customer"
    CUSTOMER_EDIT = "customers.edit_customer"
    IDENTIFIER_VIEW = "customers.view_identifier"
    IDENTIFIER_REVEAL = "customers.reveal_identifier"
    RATING_CONFIGURE = "customers.configure_rating"

    DOCUMENT_VIEW = "documents.view_document"
    DOCUMENT_UPLOAD = "documents.upload_document"
    DOCUMENT_REVIEW = "documents.review_document"
    DOCUMENT_DOWNLOAD = "documents.download_original"
    DOCUMENT_RULE_EDIT = "documents.edit_rule"

    LIST_VIEW = "screening.view_list"
    LIST_IMPORT = "screening.import_list"
    HIT_VIEW = "screening.view_hit"
    HIT_DISPOSE = "screening.dispose_hit"
    PARTY_SCREEN = "screening.screen_party"

    TRANSACTION_VIEW = "monitoring.view_transaction"
    TRANSACTION_CREATE = "monitoring.create_transaction"
    ALERT_VIEW = "monitoring.view_alert"
    ALERT_DISPOSE = "monitoring.dispose_alert"
    SCENARIO_VIEW = "monitoring.view_scenario"
    SCENARIO_EDIT = "monitoring.edit_scenario"
    SCENARIO_APPROVE = "monitoring.approve_scenario"
    RULE_LIST_EDIT = "monitoring.edit_rule_list"
    RULE_LIST_APPROVE = "monitoring.approve_rule_list"
    SAMPLING_VIEW = "monitoring.view_sampling"

    SUBMISSION_CREATE = "cases.create_submission"
    SUBMISSION_VIEW = "cases.view_submission"
    CASE_VIEW = "cases.view_case"
    CASE_WORK = "cases.work_case"
    CASE_ASSIGN = "cases.assign_case"
    DECISION_PROPOSE = "cases.propose_decision"
    DECISION_APPROVE = "cases.approve_decision"
    POLICY_EDIT = "cases.edit_policy"
    PRIVACY_VIEW = "privacy.view_request"
    PRIVACY_WORK = "privacy.work_request"

    FILING_VIEW = "filings.view_filing"
    FILING_EDIT = "filings.edit_filing"
    FILING_APPROVE = "filings.approve_filing"
    FILING_CONFIGURE = "filings.configure_filing"

    NOTIFICATION_VIEW = "notifications.view_notification"
    DELIVERY_VIEW = "notifications.view_delivery"
    CHANNEL_MANAGE = "notifications.manage_channel"
    WEBHOOK_MANAGE = "notifications.manage_webhook"

    REPORT_VIEW = "reporting.view_report"
    REPORT_EXPORT = "reporting.export_report"
