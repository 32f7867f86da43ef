create table notes (
  id bigint generated always as identity primary key,
  owner text not null,
  text text not null
);

create index notes_by_owner on notes (owner);
