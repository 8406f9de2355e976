#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "events/frame.hpp"
#include "events/frame_layout.hpp"
#include "tests/events/golden_files.hpp"

// The example in docs/storage-format.md is a golden file, byte for byte.
namespace gatehouse {
namespace {

namespace at = layout::at;

struct Field {
  std::size_t offset;
  std::size_t size;
  std::string name;
};

std::vector<Field> fixed_fields() {
  return {{0, 4, "magic"},
          {at::header_length, 2, "header_length"},
          {at::flags, 2, "flags"},
          {at::position, 8, "position"},
          {at::commit_first, 8, "commit_first"},
          {at::account_version, 8, "account_version"},
          {at::recorded_at, 8, "recorded_at"},
          {at::catalogue_position, 8, "catalogue_position"},
          {at::event_id, 16, "event_id"},
          {at::command_id, 16, "command_id"},
          {at::correlation_id, 16, "correlation_id"},
          {at::causation_id, 16, "causation_id"},
          {at::salt, 16, "salt"},
          {at::type, 4, "type"},
          {at::schema_version, 2, "schema_version"},
          {at::codec, 2, "codec"},
          {at::commit_index, 2, "commit_index"},
          {at::commit_count, 2, "commit_count"},
          {at::actor_type, 1, "actor_type"},
          {at::account_length, 1, "account_length"},
          {at::actor_length, 1, "actor_length"},
          {at::role_length, 1, "role_length"},
          {at::body_length, 4, "body_length"},
          {at::personal_length, 4, "personal_length"}};
}

// The parts of an event that has one id in its body and one personal text.
void add_parts(std::string_view frame, std::vector<Field>& fields) {
  const auto add = [&](std::string name, std::size_t size) {
    const auto& last = fields.back();
    fields.push_back({last.offset + last.size, size, std::move(name)});
  };
  const auto add_text = [&](const std::string& name) {
    add(name + ": length", 4);
    const auto& length = fields.back();
    add(name, layout::get<std::uint32_t>(frame, length.offset));
  };
  add("account", layout::get<std::uint8_t>(frame, at::account_length));
  add("actor", layout::get<std::uint8_t>(frame, at::actor_length));
  add("role", layout::get<std::uint8_t>(frame, at::role_length));
  add_text("body: user_id");
  add_text("personal: email, subject");
  add_text("personal: email, text");
  add("checksum", 4);
}

std::string value_of(std::string_view bytes, const std::string& name) {
  const bool is_part = name == "account" || name == "actor" || name == "role" || name.find(": ") != std::string::npos;
  if (name == "magic" || (is_part && !name.ends_with(": length")))
    return " \"" + std::string(bytes) + "\"";
  if (name == "salt" || name == "checksum")
    return "";
  if (name.ends_with("_id")) {
    Uuid uuid;
    std::copy(bytes.begin(), bytes.end(), uuid.bytes.begin());
    return " " + to_text(uuid);
  }
  std::uint64_t number = 0;
  for (std::size_t index = bytes.size(); index-- > 0;) {
    number = (number << 8) | static_cast<unsigned char>(bytes[index]);
  }
  return " " + std::to_string(number);
}

// One line for eight bytes; the field's name and value stand in its first line.
std::string annotate(std::string_view frame) {
  auto fields = fixed_fields();
  add_parts(frame, fields);
  std::string listing;
  for (const auto& field : fields) {
    for (std::size_t done = 0; done < field.size; done += 8) {
      char text[16];
      std::snprintf(text, sizeof text, "%04zx ", field.offset + done);
      std::string line = text;
      for (std::size_t index = done; index < std::min(done + 8, field.size); ++index) {
        std::snprintf(text, sizeof text, " %02x", static_cast<unsigned char>(frame[field.offset + index]));
        line += text;
      }
      if (done == 0) {
        const auto value = value_of(frame.substr(field.offset, field.size), field.name);
        line.resize(32, ' ');
        line += field.name + value;
      }
      listing += line + "\n";
    }
  }
  return listing;
}

TEST(StorageFormat, the_documented_frame_is_a_golden_file) {
  const std::string frame = testing::read_file(testing::golden_folder() / "MemberEmailChanged.v1.typical.bin");
  ASSERT_TRUE(decode_frame(frame));
  const std::string document = testing::read_file(GATEHOUSE_SOURCE_DIR "/docs/storage-format.md");
  EXPECT_THAT(document, ::testing::HasSubstr("\n" + annotate(frame)));
}

TEST(StorageFormat, the_fields_of_the_header_leave_no_gap) {
  std::size_t end = 0;
  for (const auto& field : fixed_fields()) {
    EXPECT_EQ(field.offset, end) << field.name;
    EXPECT_EQ(field.offset % std::min<std::size_t>(field.size, 8), 0U) << field.name << " is not aligned";
    end += field.size;
  }
  EXPECT_EQ(end, at::header_end);
}

}  // namespace
}  // namespace gatehouse
