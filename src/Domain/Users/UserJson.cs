using System.Text.Json.Serialization;

namespace Orkestron.Domain.Users;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UserProfile))]
internal sealed partial class UserJson : JsonSerializerContext;
