// Everything that can happen, as one closed set. The list fixes each event's stored name (the struct's) and type number, both for
// ever: append at the end of a group, never reuse a number. An event's current schema version is in schema_version<T>.
#pragma once
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "events/approval_events.hpp"
#include "events/catalogue_events.hpp"
#include "events/delivery_events.hpp"
#include "events/directory_events.hpp"
#include "events/erasure_events.hpp"
#include "events/operation_events.hpp"
#include "events/request_events.hpp"
#include "events/subscription_events.hpp"
#include "events/transparency_events.hpp"
#include "events/webhook_events.hpp"

// X(type number, struct, schema version)
#define GATEHOUSE_EVENTS(X) \
  X(1, AppRegistered, 2) \
  X(2, AppManifestUpdated, 1) \
  X(3, AppActivated, 1) \
  X(4, AppPublished, 1) \
  X(5, AppUnpublished, 1) \
  X(6, AppWithdrawn, 1) \
  X(7, ScopesDefined, 1) \
  X(8, ClientCredentialsIssued, 1) \
  X(9, ClientSecretRotated, 1) \
  X(10, ClientSecretExpiryChanged, 1) \
  X(100, AccountOpened, 1) \
  X(101, MemberAdded, 1) \
  X(102, MemberEmailChanged, 1) \
  X(103, MemberProfileChanged, 1) \
  X(104, MemberDeactivated, 1) \
  X(105, MemberRemoved, 1) \
  X(106, RoleDefined, 1) \
  X(107, RoleChanged, 1) \
  X(108, RoleRemoved, 1) \
  X(109, RoleAssigned, 1) \
  X(110, GroupCreated, 1) \
  X(111, GroupRenamed, 1) \
  X(112, GroupRemoved, 1) \
  X(113, GroupMemberAdded, 1) \
  X(114, GroupMemberRemoved, 1) \
  X(115, SubjectErasureRequested, 1) \
  X(116, SubjectErased, 1) \
  X(200, ApprovalPolicyChanged, 1) \
  X(201, UserInstallBlockChanged, 1) \
  X(202, NotificationSettingsChanged, 1) \
  X(300, PreApprovalRequested, 1) \
  X(301, PreApprovalRequestApproved, 1) \
  X(302, PreApprovalRequestRejected, 1) \
  X(303, AllRequestsDeclined, 1) \
  X(304, PreApprovalRequestWithdrawn, 1) \
  X(305, PreApprovalRequestCancelled, 1) \
  X(306, InstallRequested, 1) \
  X(307, InstallRequestRejected, 1) \
  X(308, InstallRequestWithdrawn, 1) \
  X(309, InstallRequestCancelled, 1) \
  X(400, PreApprovalGranted, 1) \
  X(401, InstallAudienceChanged, 1) \
  X(402, AllowListEntryAdded, 1) \
  X(403, AllowListEntryBound, 1) \
  X(404, AllowListEntryRemoved, 1) \
  X(405, PreApprovalDisabled, 1) \
  X(406, AppRestricted, 1) \
  X(407, AppRestrictionLifted, 1) \
  X(500, AppInstalled, 1) \
  X(501, AppAddedForAudience, 3) \
  X(502, SubscriptionDisabled, 1) \
  X(503, SubscriptionEnabled, 1) \
  X(504, SubscriptionInstallerTransferred, 1) \
  X(505, AppUninstalled, 2) \
  X(600, NotificationQueued, 1) \
  X(601, NotificationSent, 1) \
  X(602, NotificationFailed, 1) \
  X(603, NotificationSuppressed, 1) \
  X(604, SettledRequestsNotified, 1) \
  X(605, WebhookEndpointRegistered, 1) \
  X(606, WebhookEndpointChanged, 1) \
  X(607, WebhookSecretRotated, 1) \
  X(608, WebhookEndpointEnabled, 1) \
  X(609, WebhookEndpointDisabled, 1) \
  X(610, WebhookEndpointRemoved, 1) \
  X(611, WebhookValidationRequested, 1) \
  X(612, WebhookResendRequested, 1) \
  X(613, WebhookEndpointValidated, 1) \
  X(614, WebhookValidationFailed, 1) \
  X(615, WebhookDelivered, 1) \
  X(616, WebhookDeliveryFailed, 1) \
  X(617, DeauthorizationsListed, 1) \
  X(700, AccountHeadsCommitted, 1) \
  X(800, ParkedEventRetried, 1) \
  X(801, ParkedEventSkipped, 1)

namespace gatehouse {

namespace detail {
template <class T>
struct EventTraits;
#define GATEHOUSE_EVENT_TRAITS(number, type, version) \
  template <> \
  struct EventTraits<type> { \
    static constexpr std::uint32_t type_number = number; \
    static constexpr std::uint16_t schema_version = version; \
    static constexpr std::string_view name = #type; \
  };
GATEHOUSE_EVENTS(GATEHOUSE_EVENT_TRAITS)
#undef GATEHOUSE_EVENT_TRAITS

template <class First, class... Rest>
struct WithoutFirst {
  using Variant = std::variant<Rest...>;
};
struct ListHead {};
#define GATEHOUSE_EVENT_ALTERNATIVE(number, type, version) , type
using Alternatives = WithoutFirst<ListHead GATEHOUSE_EVENTS(GATEHOUSE_EVENT_ALTERNATIVE)>::Variant;
#undef GATEHOUSE_EVENT_ALTERNATIVE
}  // namespace detail

// Visit it as the variant that it is (std::visit, std::get_if). Its special members and its constructor from each kind of event are compiled
// once, in event.cpp: instantiated in every file that makes events they would take most of the build.
class Event : public detail::Alternatives {
 public:
  using Alternatives = detail::Alternatives;

  Event();
  Event(Alternatives event) noexcept;
  Event(const Event& other);
  Event(Event&& other) noexcept;
  Event& operator=(const Event& other);
  Event& operator=(Event&& other) noexcept;
  ~Event();
#define GATEHOUSE_EVENT_CONSTRUCTOR(number, type, version) Event(type event);
  GATEHOUSE_EVENTS(GATEHOUSE_EVENT_CONSTRUCTOR)
#undef GATEHOUSE_EVENT_CONSTRUCTOR
};

template <class T>
concept EventType = requires {
  detail::EventTraits<T>::type_number;
};
template <EventType T>
inline constexpr std::uint32_t type_number = detail::EventTraits<T>::type_number;
template <EventType T>
inline constexpr std::uint16_t schema_version = detail::EventTraits<T>::schema_version;
template <EventType T>
inline constexpr std::string_view event_name = detail::EventTraits<T>::name;

// An event of a type or version that this program does not know, from a newer one: kept and exported as it is, never guessed.
struct UnknownEvent {
  std::uint32_t type_number{};
  std::uint16_t schema_version{};
  std::string body;
  std::string personal;
};

[[nodiscard]] std::string_view name_of(const Event& event);

}  // namespace gatehouse
