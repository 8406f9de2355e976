// The closed sets of values that events, commands and answers share. Their names in JSON are the enumerators' names; a trailing
// underscore (where the name is a C++ keyword) is dropped. Stored as their number: append new ones at the end, never renumber.
#pragma once
#include <boost/describe/enum.hpp>
#include <cstdint>

namespace gatehouse {

BOOST_DEFINE_FIXED_ENUM_CLASS(ManagementLevel, std::uint8_t, user, account)
BOOST_DEFINE_FIXED_ENUM_CLASS(AppClass, std::uint8_t, public_, unlisted)
BOOST_DEFINE_FIXED_ENUM_CLASS(Credentials, std::uint8_t, production, development)
BOOST_DEFINE_FIXED_ENUM_CLASS(DeveloperKind, std::uint8_t, platform, third_party, account)
BOOST_DEFINE_FIXED_ENUM_CLASS(Audience, std::uint8_t, everyone, selected)
BOOST_DEFINE_FIXED_ENUM_CLASS(RequestKind, std::uint8_t, pre_approval, install)
BOOST_DEFINE_FIXED_ENUM_CLASS(RequestStatus, std::uint8_t, pending, approved, fulfilled, rejected, withdrawn, cancelled)
BOOST_DEFINE_FIXED_ENUM_CLASS(DecisionRoute, std::uint8_t, inbox, approve_all, grant, decline_all, restriction, install,
                              member_removed, member_deactivated)
BOOST_DEFINE_FIXED_ENUM_CLASS(AudienceEffect, std::uint8_t, none, added_to_list, everyone)
BOOST_DEFINE_FIXED_ENUM_CLASS(EntryKind, std::uint8_t, user, email, group)
BOOST_DEFINE_FIXED_ENUM_CLASS(SubscriptionScope, std::uint8_t, user, account)
BOOST_DEFINE_FIXED_ENUM_CLASS(UninstallTarget, std::uint8_t, self, user, account)
BOOST_DEFINE_FIXED_ENUM_CLASS(UninstallCause, std::uint8_t, user, admin, member_removed, app_withdrawn)
BOOST_DEFINE_FIXED_ENUM_CLASS(SuspensionCause, std::uint8_t, admin, pre_approval_off, restricted, member_deactivated)
BOOST_DEFINE_FIXED_ENUM_CLASS(NotificationKind, std::uint8_t, request_created, request_decided)
BOOST_DEFINE_FIXED_ENUM_CLASS(RecipientResolution, std::uint8_t, selected, automatic, requester)
BOOST_DEFINE_FIXED_ENUM_CLASS(SuppressionReason, std::uint8_t, disabled, settled, too_old, recipient_gone)
BOOST_DEFINE_FIXED_ENUM_CLASS(SignatureScheme, std::uint8_t, standard, zoom)
BOOST_DEFINE_FIXED_ENUM_CLASS(EndpointStatus, std::uint8_t, pending, active, disabled)
BOOST_DEFINE_FIXED_ENUM_CLASS(EndpointDisabledCause, std::uint8_t, requested, gone, validation_failed)
// In which of the forms of one event a message is: a CloudEvent, or as the vendor shapes it.
BOOST_DEFINE_FIXED_ENUM_CLASS(MessageForm, std::uint8_t, cloud_event, request_created, deauthorized)
BOOST_DEFINE_FIXED_ENUM_CLASS(ActorType, std::uint8_t, user, service, rule, system)

}  // namespace gatehouse
