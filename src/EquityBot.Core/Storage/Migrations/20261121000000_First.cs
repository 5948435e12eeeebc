using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace EquityBot.Storage.Migrations;

/// <summary>The first tables. One set of migrations serves SQLite and PostgreSQL: column types are left to the provider, but for lists.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261121000000_First")]
public sealed class First : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "AuditEntries",
            columns: table => new
            {
                Seq = Sequence(table),
                OrganizationId = table.Column<Guid>(),
                At = table.Column<long>(),
                ActorId = table.Column<Guid>(nullable: true),
                Action = table.Column<string>(maxLength: 60),
                Subject = table.Column<string>(maxLength: 20, nullable: true),
                Outcome = table.Column<string>(maxLength: 20),
                Detail = table.Column<string>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AuditEntries", row => row.Seq);
            });

        migrationBuilder.CreateTable(
            name: "AuditLinks",
            columns: table => new
            {
                OrganizationId = table.Column<Guid>(),
                Number = table.Column<long>(),
                EntrySeq = table.Column<long>(),
                Previous = table.Column<string>(maxLength: 64),
                Hash = table.Column<string>(maxLength: 64)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AuditLinks", row => new { row.OrganizationId, row.Number });
            });

        migrationBuilder.CreateTable(
            name: "BoardDecisions",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                CaseId = table.Column<Guid>(),
                Decision = table.Column<string>(maxLength: 20),
                Rationale = table.Column<string>(maxLength: 1000),
                Due = table.Column<DateOnly>(nullable: true),
                ById = table.Column<Guid>(),
                At = table.Column<long>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_BoardDecisions", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "Buttons",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                MessageId = table.Column<Guid>(),
                Title = table.Column<string>(maxLength: 80),
                Verb = table.Column<string>(maxLength: 40),
                SubjectId = table.Column<Guid>(nullable: true),
                Ref = table.Column<string>(maxLength: 20, nullable: true),
                Version = table.Column<int>(nullable: true),
                Values = table.Column<string>(),
                Reads = table.Column<bool>(),
                PersonId = table.Column<Guid>(),
                PressedAt = table.Column<long>(nullable: true),
                PressedById = table.Column<Guid>(nullable: true),
                Answers = GuidList(table)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Buttons", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "CaseSteps",
            columns: table => new
            {
                Seq = Sequence(table),
                OrganizationId = table.Column<Guid>(),
                CaseId = table.Column<Guid>(),
                Trigger = table.Column<string>(maxLength: 20),
                Step = table.Column<string>(maxLength: 20),
                To = table.Column<string>(maxLength: 80),
                Place = table.Column<int>(),
                RecipientId = table.Column<Guid>(nullable: true),
                NoticeId = table.Column<Guid>(nullable: true),
                DecidedAt = table.Column<long>(),
                DeliveredAt = table.Column<long>(nullable: true),
                DeliveredOn = table.Column<DateOnly>(nullable: true),
                UnreachedAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_CaseSteps", row => row.Seq);
            });

        migrationBuilder.CreateTable(
            name: "ChatAddresses",
            columns: table => new
            {
                PersonId = table.Column<Guid>(),
                Channel = table.Column<string>(maxLength: 20),
                OrganizationId = table.Column<Guid>(),
                Address = table.Column<string>(maxLength: 200),
                Rank = table.Column<int>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ChatAddresses", row => new { row.PersonId, row.Channel });
            });

        migrationBuilder.CreateTable(
            name: "CheckIns",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                CommitmentId = table.Column<Guid>(),
                Period = table.Column<string>(maxLength: 20),
                StartsOn = table.Column<DateOnly>(),
                EndsOn = table.Column<DateOnly>(),
                Status = table.Column<string>(maxLength: 20),
                Asks = table.Column<int>(),
                Snoozes = table.Column<int>(),
                SnoozedUntil = table.Column<DateOnly>(nullable: true),
                AnsweredAt = table.Column<long>(nullable: true),
                LookAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_CheckIns", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "DepartmentWatches",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                CycleId = table.Column<Guid>(),
                DepartmentId = table.Column<Guid>(),
                Due = table.Column<DateOnly>(nullable: true),
                LookAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_DepartmentWatches", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "CommitmentEvents",
            columns: table => new
            {
                Seq = Sequence(table),
                OrganizationId = table.Column<Guid>(),
                CommitmentId = table.Column<Guid>(),
                What = table.Column<string>(maxLength: 40),
                At = table.Column<long>(),
                ById = table.Column<Guid>(nullable: true),
                About = table.Column<DateOnly>(nullable: true),
                OldDue = table.Column<DateOnly>(nullable: true),
                NewDue = table.Column<DateOnly>(nullable: true),
                Progress = table.Column<string>(maxLength: 20, nullable: true),
                Note = table.Column<string>(maxLength: 1000, nullable: true),
                Need = table.Column<string>(maxLength: 1000, nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_CommitmentEvents", row => row.Seq);
            });

        migrationBuilder.CreateTable(
            name: "Commitments",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Number = table.Column<int>(),
                Statement = table.Column<string>(maxLength: 1000),
                OwnerId = table.Column<Guid>(),
                DepartmentId = table.Column<Guid>(),
                AuthorId = table.Column<Guid>(),
                Due = table.Column<DateOnly>(nullable: true),
                ForWhom = table.Column<string>(maxLength: 200, nullable: true),
                Level = table.Column<string>(maxLength: 20, nullable: true),
                Driver = table.Column<string>(maxLength: 20, nullable: true),
                Cadence = table.Column<string>(maxLength: 20, nullable: true),
                Status = table.Column<string>(maxLength: 20),
                Version = table.Column<int>(),
                AcceptedAt = table.Column<long>(nullable: true),
                Extensions = table.Column<int>(),
                ExtensionLimit = table.Column<int>(),
                LastNote = table.Column<string>(maxLength: 1000, nullable: true),
                LastNoteById = table.Column<Guid>(nullable: true),
                LastReportAt = table.Column<long>(nullable: true),
                LastReportOn = table.Column<DateOnly>(nullable: true),
                Evidence = table.Column<string>(maxLength: 1000, nullable: true),
                ClaimedById = table.Column<Guid>(nullable: true),
                ClaimedOn = table.Column<DateOnly>(nullable: true),
                WaitedDays = table.Column<int>(),
                BoardSince = table.Column<long>(nullable: true),
                RoomId = table.Column<Guid>(nullable: true),
                AskedOn = table.Column<DateOnly>(nullable: true),
                AnswerLookAt = table.Column<long>(nullable: true),
                LookAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Commitments", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "Counters",
            columns: table => new
            {
                OrganizationId = table.Column<Guid>(),
                Prefix = table.Column<string>(maxLength: 4),
                Last = table.Column<int>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Counters", row => new { row.OrganizationId, row.Prefix });
            });

        migrationBuilder.CreateTable(
            name: "Cycles",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Name = table.Column<string>(maxLength: 120),
                StartsOn = table.Column<DateOnly>(),
                EndsOn = table.Column<DateOnly>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Cycles", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "Deliveries",
            columns: table => new
            {
                Seq = Sequence(table),
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                RecipientId = table.Column<Guid>(),
                Date = table.Column<DateOnly>(),
                Slot = table.Column<string>(maxLength: 60),
                MessageId = table.Column<Guid>(nullable: true),
                Channel = table.Column<string>(maxLength: 20),
                State = table.Column<string>(maxLength: 20),
                Attempts = table.Column<int>(),
                Fence = table.Column<int>(),
                LeaseUntil = table.Column<long>(nullable: true),
                NextAt = table.Column<long>(nullable: true),
                SentAt = table.Column<long>(nullable: true),
                Reason = table.Column<string>(maxLength: 300, nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Deliveries", row => row.Seq);
                table.UniqueConstraint("AK_Deliveries_Id", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "Departments",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Name = table.Column<string>(maxLength: 120),
                Kind = table.Column<string>(maxLength: 60),
                SiteId = table.Column<Guid>(),
                LeadId = table.Column<Guid>(nullable: true),
                DeputyId = table.Column<Guid>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Departments", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "EscalationCases",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Number = table.Column<int>(),
                CommitmentId = table.Column<Guid>(nullable: true),
                AboutId = table.Column<Guid>(),
                Trigger = table.Column<string>(maxLength: 20),
                AboutRef = table.Column<string>(maxLength: 20),
                Line = table.Column<string>(maxLength: 20),
                OwnerId = table.Column<Guid>(),
                DepartmentId = table.Column<Guid>(),
                OpenedAt = table.Column<long>(),
                ScheduleId = table.Column<Guid>(nullable: true),
                Plan = table.Column<string>(),
                BaseDay = table.Column<DateOnly>(),
                Status = table.Column<string>(maxLength: 20),
                Version = table.Column<int>(),
                Round = table.Column<int>(),
                Firings = table.Column<int>(),
                Next = table.Column<int>(),
                Told = table.Column<int>(nullable: true),
                ToldOn = table.Column<DateOnly>(nullable: true),
                Pending = table.Column<Guid>(nullable: true),
                LapsedOn = table.Column<DateOnly>(nullable: true),
                UnreachedOn = table.Column<DateOnly>(nullable: true),
                DelayDays = table.Column<int>(),
                Repeats = table.Column<int>(),
                RepeatedOn = table.Column<DateOnly>(nullable: true),
                IsRepeating = table.Column<bool>(),
                JumpOn = table.Column<DateOnly>(nullable: true),
                PostponedAt = table.Column<long>(nullable: true),
                HeldSince = table.Column<DateOnly>(nullable: true),
                CoverAskedOn = table.Column<DateOnly>(nullable: true),
                AgendaSince = table.Column<long>(nullable: true),
                ClosedAt = table.Column<long>(nullable: true),
                NextAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_EscalationCases", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "EscalationSchedules",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Number = table.Column<int>(),
                Name = table.Column<string>(maxLength: 60),
                ScopeDepartmentId = table.Column<Guid>(nullable: true),
                ScopeLevel = table.Column<string>(maxLength: 20, nullable: true),
                Scope = table.Column<string>(maxLength: 60),
                Version = table.Column<int>(),
                AuthorId = table.Column<Guid>(),
                DepartmentId = table.Column<Guid>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_EscalationSchedules", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "Holidays",
            columns: table => new
            {
                SiteId = table.Column<Guid>(),
                Date = table.Column<DateOnly>(),
                OrganizationId = table.Column<Guid>(),
                Name = table.Column<string>(maxLength: 120)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Holidays", row => new { row.SiteId, row.Date });
            });

        migrationBuilder.CreateTable(
            name: "MessageChanges",
            columns: table => new
            {
                Seq = Sequence(table),
                OrganizationId = table.Column<Guid>(),
                MessageId = table.Column<Guid>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_MessageChanges", row => row.Seq);
            });

        migrationBuilder.CreateTable(
            name: "Messages",
            columns: table => new
            {
                Seq = Sequence(table),
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                PersonId = table.Column<Guid>(),
                RoomId = table.Column<Guid>(nullable: true),
                Kind = table.Column<string>(maxLength: 20),
                Ref = table.Column<string>(maxLength: 20, nullable: true),
                Step = table.Column<string>(maxLength: 20, nullable: true),
                Card = table.Column<string>(),
                Preview = table.Column<string>(),
                Items = table.Column<string>(nullable: true),
                State = table.Column<string>(maxLength: 20),
                Rev = table.Column<int>(),
                CreatedAt = table.Column<long>(),
                SentAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Messages", row => row.Seq);
                table.UniqueConstraint("AK_Messages_Id", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "Notices",
            columns: table => new
            {
                Seq = Sequence(table),
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                SubjectId = table.Column<Guid>(),
                Ref = table.Column<string>(maxLength: 20),
                Trigger = table.Column<string>(maxLength: 40),
                Period = table.Column<string>(maxLength: 60),
                Step = table.Column<string>(maxLength: 20),
                RecipientId = table.Column<Guid>(),
                Kind = table.Column<string>(maxLength: 20),
                Slot = table.Column<string>(maxLength: 20),
                Facts = table.Column<string>(nullable: true),
                DecidedAt = table.Column<long>(),
                NotBefore = table.Column<long>(),
                DeliveryId = table.Column<Guid>(nullable: true),
                FollowUpAt = table.Column<long>(nullable: true),
                ParkedAt = table.Column<long>(nullable: true),
                FollowedUpAt = table.Column<long>(nullable: true),
                SupersededAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Notices", row => row.Seq);
                table.UniqueConstraint("AK_Notices_Id", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "Organizations",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                Name = table.Column<string>(maxLength: 200),
                Zone = table.Column<string>(maxLength: 60),
                Language = table.Column<string>(maxLength: 10),
                FallbackId = table.Column<Guid>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Organizations", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "ParkedRows",
            columns: table => new
            {
                Sweep = table.Column<string>(maxLength: 40),
                RowId = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Attempts = table.Column<int>(),
                Reason = table.Column<string>(maxLength: 200, nullable: true),
                ParkedAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ParkedRows", row => new { row.Sweep, row.RowId });
            });

        migrationBuilder.CreateTable(
            name: "Pauses",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                DepartmentId = table.Column<Guid>(nullable: true),
                From = table.Column<DateOnly>(),
                Until = table.Column<DateOnly>(),
                Reason = table.Column<string>(maxLength: 1000),
                ById = table.Column<Guid>(),
                At = table.Column<long>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Pauses", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "ScheduleVersions",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                ScheduleId = table.Column<Guid>(),
                Number = table.Column<int>(),
                Plan = table.Column<string>(),
                Status = table.Column<string>(maxLength: 20),
                ById = table.Column<Guid>(),
                At = table.Column<long>(),
                Reason = table.Column<string>(maxLength: 1000, nullable: true),
                ForOpenCases = table.Column<bool>(),
                AnsweredById = table.Column<Guid>(nullable: true),
                AnsweredAt = table.Column<long>(nullable: true),
                InForceFrom = table.Column<DateOnly>(nullable: true),
                ApplyAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ScheduleVersions", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "Partners",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Name = table.Column<string>(maxLength: 160),
                Kind = table.Column<string>(maxLength: 60),
                Contact = table.Column<string>(maxLength: 200),
                Focus = table.Column<string>(maxLength: 200),
                AgreementExpires = table.Column<DateOnly>(nullable: true),
                Funded = table.Column<bool>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Partners", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "People",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Handle = table.Column<string>(maxLength: 60),
                Name = table.Column<string>(maxLength: 120),
                Title = table.Column<string>(maxLength: 160),
                Email = table.Column<string>(maxLength: 200),
                DepartmentId = table.Column<Guid>(),
                SiteId = table.Column<Guid>(),
                SupervisorId = table.Column<Guid>(nullable: true),
                DeputyId = table.Column<Guid>(nullable: true),
                DelegateId = table.Column<Guid>(nullable: true),
                SponsorId = table.Column<Guid>(nullable: true),
                Days = table.Column<string>(maxLength: 20),
                From = table.Column<TimeOnly>(),
                To = table.Column<TimeOnly>(),
                AwayUntil = table.Column<DateOnly>(nullable: true),
                LeavesOn = table.Column<DateOnly>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_People", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "ReceivedEvents",
            columns: table => new
            {
                OrganizationId = table.Column<Guid>(),
                Channel = table.Column<string>(maxLength: 20),
                EventId = table.Column<string>(maxLength: 200),
                At = table.Column<long>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ReceivedEvents", row => new { row.OrganizationId, row.Channel, row.EventId });
            });

        migrationBuilder.CreateTable(
            name: "Requests",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                CommitmentId = table.Column<Guid>(),
                Kind = table.Column<string>(maxLength: 20),
                FromId = table.Column<Guid>(),
                ToId = table.Column<Guid>(),
                Words = table.Column<string>(maxLength: 1000, nullable: true),
                Due = table.Column<DateOnly>(nullable: true),
                Need = table.Column<string>(maxLength: 1000, nullable: true),
                AskedAt = table.Column<long>(),
                AskedOn = table.Column<DateOnly>(),
                LookAt = table.Column<long>(nullable: true),
                AnsweredAt = table.Column<long>(nullable: true),
                Answer = table.Column<string>(maxLength: 20, nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Requests", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "RoleAssignments",
            columns: table => new
            {
                PersonId = table.Column<Guid>(),
                Role = table.Column<string>(maxLength: 40),
                OrganizationId = table.Column<Guid>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_RoleAssignments", row => new { row.PersonId, row.Role });
            });

        migrationBuilder.CreateTable(
            name: "Rooms",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Name = table.Column<string>(maxLength: 80),
                Members = GuidList(table)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Rooms", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "Sites",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Name = table.Column<string>(maxLength: 120),
                Zone = table.Column<string>(maxLength: 60)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Sites", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "StoredClock",
            columns: table => new
            {
                Id = table.Column<int>(),
                Now = table.Column<long>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_StoredClock", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "Workspaces",
            columns: table => new
            {
                Channel = table.Column<string>(maxLength: 20),
                Tenant = table.Column<string>(maxLength: 100),
                OrganizationId = table.Column<Guid>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Workspaces", row => new { row.Channel, row.Tenant });
            });

        migrationBuilder.CreateTable(
            name: "Digests",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Monday = table.Column<DateOnly>(),
                Audience = table.Column<string>(maxLength: 20),
                DecidedAt = table.Column<long>(),
                AsOf = table.Column<DateOnly>(),
                Since = table.Column<DateOnly>(nullable: true),
                Figures = table.Column<string>(),
                Standing = table.Column<string>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Digests", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "DigestWatches",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Decided = table.Column<DateOnly>(),
                NextAt = table.Column<long>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_DigestWatches", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "SweepRuns",
            columns: table => new
            {
                Seq = Sequence(table),
                Sweep = table.Column<string>(maxLength: 40),
                StartedAt = table.Column<long>(),
                EndedAt = table.Column<long>(),
                Done = table.Column<int>(),
                Failed = table.Column<int>(),
                Outcome = table.Column<string>(maxLength: 20),
                Incident = table.Column<Guid>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_SweepRuns", row => row.Seq);
            });

        migrationBuilder.CreateTable(
            name: "AuditHeads",
            columns: table => new
            {
                OrganizationId = table.Column<Guid>(),
                Date = table.Column<DateOnly>(),
                Number = table.Column<long>(),
                Hash = table.Column<string>(maxLength: 64)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AuditHeads", row => new { row.OrganizationId, row.Date });
            });
        migrationBuilder.CreateIndex("IX_AuditEntries_OrganizationId_Subject", "AuditEntries", ["OrganizationId", "Subject"]);
        migrationBuilder.CreateIndex("IX_AuditLinks_OrganizationId_EntrySeq", "AuditLinks", ["OrganizationId", "EntrySeq"], unique: true);
        migrationBuilder.CreateIndex("IX_BoardDecisions_CaseId", "BoardDecisions", "CaseId");
        migrationBuilder.CreateIndex("IX_Buttons_MessageId", "Buttons", "MessageId");
        migrationBuilder.CreateIndex("IX_CaseSteps_CaseId", "CaseSteps", "CaseId");
        migrationBuilder.CreateIndex("IX_CaseSteps_NoticeId", "CaseSteps", "NoticeId");
        migrationBuilder.CreateIndex("IX_ChatAddresses_OrganizationId_Channel_Address", "ChatAddresses", ["OrganizationId", "Channel", "Address"], unique: true);
        migrationBuilder.CreateIndex("IX_CommitmentEvents_OrganizationId_CommitmentId", "CommitmentEvents", ["OrganizationId", "CommitmentId"]);
        migrationBuilder.CreateIndex("IX_CheckIns_CommitmentId_Period", "CheckIns", ["CommitmentId", "Period"], unique: true);
        migrationBuilder.CreateIndex("IX_CheckIns_LookAt_OrganizationId", "CheckIns", ["LookAt", "OrganizationId"], filter: "\"LookAt\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_Commitments_AnswerLookAt_OrganizationId", "Commitments", ["AnswerLookAt", "OrganizationId"], filter: "\"AnswerLookAt\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_Commitments_LookAt_OrganizationId", "Commitments", ["LookAt", "OrganizationId"], filter: "\"LookAt\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_Commitments_OrganizationId_Number", "Commitments", ["OrganizationId", "Number"], unique: true);
        migrationBuilder.CreateIndex("IX_Commitments_OrganizationId_OwnerId", "Commitments", ["OrganizationId", "OwnerId"]);
        migrationBuilder.CreateIndex("IX_Cycles_OrganizationId_Name", "Cycles", ["OrganizationId", "Name"], unique: true);
        migrationBuilder.CreateIndex("IX_Deliveries_MessageId", "Deliveries", "MessageId");
        migrationBuilder.CreateIndex("IX_Deliveries_OrganizationId_RecipientId_Date_Slot", "Deliveries", ["OrganizationId", "RecipientId", "Date", "Slot"], unique: true);
        migrationBuilder.CreateIndex("IX_Deliveries_State_NextAt", "Deliveries", ["State", "NextAt"]);
        migrationBuilder.CreateIndex("IX_DepartmentWatches_LookAt_OrganizationId", "DepartmentWatches", ["LookAt", "OrganizationId"], filter: "\"LookAt\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_DepartmentWatches_OrganizationId_CycleId_DepartmentId", "DepartmentWatches", ["OrganizationId", "CycleId", "DepartmentId"], unique: true);
        migrationBuilder.CreateIndex("IX_Departments_OrganizationId_Name", "Departments", ["OrganizationId", "Name"], unique: true);
        migrationBuilder.CreateIndex("IX_EscalationCases_CommitmentId", "EscalationCases", "CommitmentId");
        migrationBuilder.CreateIndex("IX_Digests_OrganizationId_Audience_Monday", "Digests", ["OrganizationId", "Audience", "Monday"], unique: true);
        migrationBuilder.CreateIndex("IX_DigestWatches_NextAt", "DigestWatches", "NextAt");
        migrationBuilder.CreateIndex("IX_DigestWatches_OrganizationId", "DigestWatches", "OrganizationId", unique: true);
        migrationBuilder.CreateIndex("IX_EscalationCases_NextAt_OrganizationId", "EscalationCases", ["NextAt", "OrganizationId"], filter: "\"NextAt\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_EscalationCases_OneOpen", "EscalationCases", ["AboutId", "Line"], unique: true, filter: "\"Status\" IN ('Open', 'Acknowledged', 'WaitingForCover', 'Exhausted')");
        migrationBuilder.CreateIndex("IX_EscalationCases_OrganizationId_Number", "EscalationCases", ["OrganizationId", "Number"], unique: true);
        migrationBuilder.CreateIndex("IX_EscalationSchedules_OrganizationId_Number", "EscalationSchedules", ["OrganizationId", "Number"], unique: true);
        migrationBuilder.CreateIndex("IX_EscalationSchedules_OrganizationId_Scope", "EscalationSchedules", ["OrganizationId", "Scope"], unique: true);
        migrationBuilder.CreateIndex("IX_Pauses_OrganizationId_Until", "Pauses", ["OrganizationId", "Until"]);
        migrationBuilder.CreateIndex("IX_ScheduleVersions_ApplyAt_OrganizationId", "ScheduleVersions", ["ApplyAt", "OrganizationId"], filter: "\"ApplyAt\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_ScheduleVersions_ScheduleId_Number", "ScheduleVersions", ["ScheduleId", "Number"], unique: true);
        migrationBuilder.CreateIndex("IX_MessageChanges_OrganizationId_MessageId", "MessageChanges", ["OrganizationId", "MessageId"]);
        migrationBuilder.CreateIndex("IX_Messages_OrganizationId_PersonId", "Messages", ["OrganizationId", "PersonId"]);
        migrationBuilder.CreateIndex("IX_Messages_OrganizationId_Ref", "Messages", ["OrganizationId", "Ref"]);
        migrationBuilder.CreateIndex("IX_Notices_DeliveryId", "Notices", "DeliveryId");
        migrationBuilder.CreateIndex("IX_Notices_FollowUpAt_OrganizationId", "Notices", ["FollowUpAt", "OrganizationId"], filter: "\"FollowUpAt\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_Notices_NotBefore_OrganizationId", "Notices", ["NotBefore", "OrganizationId"], filter: "\"DeliveryId\" IS NULL AND \"SupersededAt\" IS NULL");
        migrationBuilder.CreateIndex("IX_Notices_Once", "Notices", ["OrganizationId", "SubjectId", "Trigger", "Period", "Step", "RecipientId"], unique: true);
        migrationBuilder.CreateIndex("IX_Partners_OrganizationId_Name", "Partners", ["OrganizationId", "Name"], unique: true);
        migrationBuilder.CreateIndex("IX_People_OrganizationId_Handle", "People", ["OrganizationId", "Handle"], unique: true);
        migrationBuilder.CreateIndex("IX_ReceivedEvents_At", "ReceivedEvents", "At");
        migrationBuilder.CreateIndex("IX_Requests_CommitmentId", "Requests", "CommitmentId");
        migrationBuilder.CreateIndex("IX_Requests_LookAt_OrganizationId", "Requests", ["LookAt", "OrganizationId"], filter: "\"LookAt\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_Rooms_OrganizationId_Name", "Rooms", ["OrganizationId", "Name"], unique: true);
        migrationBuilder.CreateIndex("IX_SweepRuns_StartedAt", "SweepRuns", "StartedAt");
        migrationBuilder.CreateIndex("IX_SweepRuns_Sweep_Seq", "SweepRuns", ["Sweep", "Seq"]);
        migrationBuilder.CreateIndex("IX_Sites_OrganizationId_Name", "Sites", ["OrganizationId", "Name"], unique: true);
    }

    static OperationBuilder<AddColumnOperation> Sequence(ColumnsBuilder table) =>
        table.Column<long>().Annotation("Sqlite:Autoincrement", true).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);

    OperationBuilder<AddColumnOperation> GuidList(ColumnsBuilder table) =>
        table.Column<string>(type: ActiveProvider!.Contains("Npgsql", StringComparison.Ordinal) ? "uuid[]" : "TEXT");
}
