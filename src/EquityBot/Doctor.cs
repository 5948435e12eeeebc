using System.Text.Json;
using EquityBot.Access;
using EquityBot.Channels;
using EquityBot.Jobs;
using EquityBot.Storage;

namespace EquityBot;

/// <summary><c>equitybot doctor</c>: whether what is set up can work, in words.</summary>
static class Doctor
{
    /// <summary>Looks at the channels that are set up, beside a running process: it takes no lock and changes nothing.</summary>
    /// <param name="channel">The one to look at; null for all.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> ExamineAsync(string? channel, WebApplicationBuilder builder, bool asJson)
    {
        var wanted = ChannelModule.All.Where(module => (channel is null || module.Name == channel) && module.IsWanted(builder.Configuration)).ToList();
        if (channel is not null && wanted.Count == 0)
        {
            return EquityBotHost.Say(EquityBotHost.Usage, ChannelModule.All.Any(module => module.Name == channel) ? $"Nothing is set up for {channel}." : $"There is no channel {channel}; there are {string.Join(", ", ChannelModule.All.Select(module => module.Name))}.");
        }

        var settings = Settings.Read(builder.Configuration, builder.Environment);
        var store = new EquityStore(settings.ConnectionString);
        if (store.File is { } file && !File.Exists(file))
        {
            return EquityBotHost.Say(EquityBotHost.Unreachable, "There is no database yet; start EquityBot first.");
        }

        builder.Services.AddEquityCore(store).AddMachineClock().AddSystemHospitalClock().AddAccess(AccessSettings.Read(builder.Configuration, settings.Practice)).AddChannelGround();
        wanted.ForEach(module => module.AddServices(builder.Services, builder.Configuration));
        await using var app = builder.Build();
        var found = new List<(string Channel, Symptom Symptom)>();
        foreach (var module in wanted)
        {
            found.AddRange((await module.ExamineAsync(app.Services, CancellationToken.None)).Select(symptom => (module.Name, symptom)));
        }

        Console.WriteLine(asJson
            ? JsonSerializer.Serialize(new { checks = found.Select(one => new { channel = one.Channel, name = one.Symptom.Name, status = one.Symptom.IsWell ? "ok" : "failed", detail = one.Symptom.Detail }) })
            : string.Join('\n', found.Select(one => $"{(one.Symptom.IsWell ? "ok    " : "FAILED")} {one.Channel} {one.Symptom.Name}: {one.Symptom.Detail}")));
        return found.All(one => one.Symptom.IsWell) ? 0 : EquityBotHost.Findings;
    }
}
