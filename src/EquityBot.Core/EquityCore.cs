using System.Reflection;
using EquityBot.Access;
using EquityBot.Chat;
using EquityBot.Escalation;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.Extensions.DependencyInjection;

namespace EquityBot;

/// <summary>Registers what scanning finds: a new command, sweep, writer or action needs no line here.</summary>
public static class EquityCore
{
    static readonly Type[] Contracts =
    [
        typeof(ChatCommand), typeof(ISweep), typeof(NoticeWriter), typeof(SubjectKind), typeof(SubjectFollower), typeof(IEscalationAction), typeof(RosterPart),
    ];

    /// <summary>Everything in Core but the clocks and the channels, which belong to the hosts. All of it is stateless and lives as long as the process.</summary>
    public static IServiceCollection AddEquityCore(this IServiceCollection services, EquityStore store)
    {
        foreach (var type in Assembly.GetExecutingAssembly().GetTypes().Where(type => type is { IsAbstract: false, IsClass: true }))
        {
            foreach (var contract in Contracts.Where(contract => contract.IsAssignableFrom(type)))
            {
                services.AddSingleton(contract, type);
            }
        }

        return services
            .AddSingleton(store)
            .AddSingleton<Languages>()
            .AddSingleton<Catalogue>()
            .AddSingleton<Subjects>()
            .AddSingleton<Phrasebook>()
            .AddSingleton<Switchboard>()
            .AddSingleton<Readers>()
            .AddSingleton<RoomViews>()
            .AddSingleton<ChoiceSearch>()
            .AddSingleton<HomeBoard>()
            .AddSingleton<AccountQuestions>()
            .AddSingleton<Outlook>()
            .AddSingleton<Func<Outlook>>(all => all.GetRequiredService<Outlook>)
            .AddSingleton<Bundler>()
            .AddSingleton<Mailroom>()
            .AddSingleton<Postman>()
            .AddSingleton<LateNews>()
            .AddSingleton<AuditCheck>()
            .AddSingleton<DeadLetters>()
            .AddSingleton<Escalation.Auditing.Heartbeat>()
            .AddSingleton<RosterImport>()
            .AddSingleton(new PublicAddress(() => null))
            .AddSingleton<Links>()
            .AddSingleton<Commitments.FindCommitments>()
            .AddSingleton<Partnerships.RatingInvitations>();
    }
}
